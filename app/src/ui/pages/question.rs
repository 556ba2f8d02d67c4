//! What the address of the desk asks for.

use orders::{Cursor, Lookup};
use serde::{Deserialize, Serialize};

use crate::{api, desk::OrderPage, error::Error, ui::format::links::query_value};

/// What the address asks for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    /// The text of the search box.
    pub(super) typed: String,
    cursor: Option<String>,
}

impl Question {
    /// Reads the query of an address.
    pub(super) fn from_query(query: &str) -> Self {
        Self {
            typed: query_value(query, "q").unwrap_or_default(),
            cursor: query_value(query, "cursor").filter(|text| !text.is_empty()),
        }
    }

    /// Whether the newest orders are on another page.
    pub(super) fn is_older(&self) -> bool {
        self.cursor.is_some()
    }

    /// What is looked up; every order where it cannot be understood.
    pub(super) fn lookup(&self) -> Lookup {
        Lookup::new(&self.typed).unwrap_or_default()
    }

    /// What is wrong with it, as a sentence.
    pub(super) fn mistake(&self) -> Option<String> {
        let problem = Lookup::new(&self.typed)
            .map_err(|problem| problem.to_string())
            .and_then(|_| match &self.cursor {
                Some(text) => text
                    .parse::<Cursor>()
                    .map(drop)
                    .map_err(|problem| problem.to_string()),
                None => Ok(()),
            })
            .err()?;
        let mut letters = problem.chars();
        let first = letters.next()?.to_uppercase();
        Some(format!("{first}{}.", letters.as_str()))
    }

    /// The title of the page that answers it.
    pub(super) fn title(&self) -> String {
        let asked = self.typed.trim();
        if self.mistake().is_some() {
            "Search: not understood · Orderdesk".to_owned()
        } else if asked.is_empty() {
            "Orders · Orderdesk".to_owned()
        } else {
            format!("Orders: {asked} · Orderdesk")
        }
    }

    /// Asks it. A mistake is not sent: the answer is known.
    pub(super) async fn ask(self) -> Result<OrderPage, Error> {
        if let Some(mistake) = self.mistake() {
            return Err(Error::invalid("q", mistake));
        }
        api::search(self.typed, None, self.cursor, None).await
    }
}

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn a_mistake_is_a_sentence() {
        let long = format!("q={}", "a".repeat(129));
        let cases = [
            ("q=abc&cursor=b1f", None),
            ("", None),
            (
                long.as_str(),
                Some("The search is longer than 128 characters; no order uid is."),
            ),
            (
                "q=a%00b",
                Some("The search holds a character that no order uid can hold."),
            ),
            (
                "cursor=nonsense",
                Some("This cursor was not given out by Orderdesk; start again without one."),
            ),
        ];
        for (query, expected) in cases {
            let question = Question::from_query(query);
            assert_eq!(question.mistake().as_deref(), expected, "{query}");
        }
    }
}
