//! Light, dark, or what the system says: kept in a cookie.

use serde::{Deserialize, Serialize};

use super::language::{Locale, td_string};

/// The cookie's name.
const COOKIE: &str = "theme";

/// How the pages are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system does.
    #[default]
    Auto,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The theme with this name; [`Theme::Auto`] for a name that is none.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }

    /// The theme that a `Cookie` header asks for.
    pub fn from_cookies(header: &str) -> Self {
        super::cookies::value(header, COOKIE)
            .map(Self::from_name)
            .unwrap_or_default()
    }

    /// Its name in the cookie, in forms and in ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Its name for people.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Auto => td_string!(locale, layout.auto),
            Self::Light => td_string!(locale, layout.light),
            Self::Dark => td_string!(locale, layout.dark),
        }
    }

    /// The value of `data-theme` on `<html>`; none where the system decides.
    pub fn attribute(self) -> Option<&'static str> {
        (self != Self::Auto).then(|| self.name())
    }

    /// The cookie that keeps it, for a year.
    pub fn cookie(self) -> String {
        format!(
            "{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
            self.name()
        )
    }
}

/// The theme this request asks for; [`Theme::Auto`] in the browser.
pub fn requested() -> Theme {
    #[cfg(feature = "ssr")]
    {
        leptos::prelude::use_context::<http::request::Parts>()
            .and_then(|parts| {
                let header = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
                Some(Theme::from_cookies(header))
            })
            .unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    Theme::Auto
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn reads_the_cookie() {
        let cases = [
            ("theme=dark", Theme::Dark),
            ("a=b; theme=light; c=d", Theme::Light),
            ("theme=purple", Theme::Auto),
            ("mytheme=dark", Theme::Auto),
            ("", Theme::Auto),
        ];
        for (header, expected) in cases {
            assert_eq!(Theme::from_cookies(header), expected, "{header:?}");
        }
    }

    #[test]
    fn the_cookie_reads_back() {
        for theme in Theme::ALL {
            let cookie = theme.cookie();
            let pair = cookie.split(';').next().unwrap();
            assert_eq!(Theme::from_cookies(pair), theme);
        }
    }
}
