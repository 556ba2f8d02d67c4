//! Which columns the list shows, and how tall its rows are: kept in a cookie,
//! so that the server renders what the reader chose.

use serde::{Deserialize, Serialize};

use crate::ui::{
    cookies,
    language::{Locale, td_string},
};

/// The cookie's name.
const COOKIE: &str = "table";

/// A column that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Optional {
    /// The order's number.
    Uid,
    /// The city.
    City,
    /// The items.
    Items,
    /// The track number.
    Track,
    /// Who delivers.
    Delivery,
    /// When it was placed.
    Placed,
}

impl Optional {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Uid,
        Self::City,
        Self::Items,
        Self::Track,
        Self::Delivery,
        Self::Placed,
    ];

    /// Its name in the cookie and in the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uid => "uid",
            Self::City => "city",
            Self::Items => "items",
            Self::Track => "track",
            Self::Delivery => "delivery",
            Self::Placed => "placed",
        }
    }

    /// Its heading.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Uid => td_string!(locale, fields.order),
            Self::City => td_string!(locale, fields.city),
            Self::Items => td_string!(locale, fields.items),
            Self::Track => td_string!(locale, fields.track),
            Self::Delivery => td_string!(locale, fields.delivery),
            Self::Placed => td_string!(locale, fields.placed),
        }
    }
}

/// What the reader chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Whether rows are low.
    pub is_compact: bool,
    /// The columns that are not shown.
    pub hidden: Vec<Optional>,
}

impl TableView {
    /// What a `Cookie` header asks for.
    pub fn from_cookies(header: &str) -> Self {
        let value = cookies::value(header, COOKIE).unwrap_or_default();
        let words = || value.split('.');
        Self {
            is_compact: words().any(|word| word == "compact"),
            hidden: Optional::ALL
                .into_iter()
                .filter(|column| words().any(|word| word == column.name()))
                .collect(),
        }
    }

    /// What the reader chose, as the request says.
    #[cfg(feature = "ssr")]
    pub fn requested() -> Self {
        leptos::prelude::use_context::<http::request::Parts>()
            .and_then(|parts| {
                let header = parts.headers.get(http::header::COOKIE)?;
                Some(Self::from_cookies(header.to_str().ok()?))
            })
            .unwrap_or_default()
    }

    /// The cookie that keeps it, for a year.
    pub fn cookie(&self) -> String {
        let density = self.is_compact.then_some("compact");
        let words: Vec<&str> = density
            .into_iter()
            .chain(self.hidden.iter().map(|column| column.name()))
            .collect();
        format!(
            "{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
            words.join(".")
        )
    }

    /// The names of the columns that are not shown, as the style sheet asks for
    /// them.
    pub fn hidden_names(&self) -> String {
        let names: Vec<&str> = self.hidden.iter().map(|column| column.name()).collect();
        names.join(" ")
    }

    /// Shows a column, or hides it.
    pub fn set_shown(&mut self, column: Optional, is_shown: bool) {
        self.hidden.retain(|hidden| *hidden != column);
        if !is_shown {
            self.hidden.push(column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Optional, TableView};

    #[test]
    fn the_cookie_reads_back() {
        let mut view = TableView {
            is_compact: true,
            hidden: vec![Optional::City],
        };
        view.set_shown(Optional::Track, false);
        view.set_shown(Optional::City, true);
        let cookie = view.cookie();
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(
            TableView::from_cookies(&format!("theme=dark; {pair}")),
            view
        );
        assert_eq!(
            TableView::from_cookies("table=nonsense"),
            TableView::default()
        );
    }
}
