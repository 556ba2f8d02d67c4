//! What a person asks the desk for.

use serde::{Deserialize, Serialize};

/// The longest text that can be looked up, in characters.
const MAX_CHARS: usize = 128;

/// What is looked up: a uid, or part of a uid or of a track number. Case does
/// not matter. An empty text asks for every order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lookup(String);

/// A text that cannot be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLookup {
    /// Longer than any uid.
    #[error("the search is longer than {MAX_CHARS} characters; no order uid is")]
    TooLong,
    /// A control character such as NUL.
    #[error("the search holds a character that no order uid can hold")]
    NotPrintable,
}

impl Lookup {
    /// Takes what a person typed; white space around it is dropped.
    ///
    /// # Errors
    /// Which rule the text breaks.
    pub fn new(typed: &str) -> Result<Self, InvalidLookup> {
        let text = typed.trim();
        if text.len() > MAX_CHARS * 4 || text.chars().count() > MAX_CHARS {
            return Err(InvalidLookup::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidLookup::NotPrintable);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text without white space around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether every order is asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an order with this uid and track number is meant.
    pub fn matches(&self, order_uid: &str, track_number: &str) -> bool {
        let wanted = self.0.to_lowercase();
        order_uid.to_lowercase().contains(&wanted) || track_number.to_lowercase().contains(&wanted)
    }
}

impl TryFrom<String> for Lookup {
    type Error = InvalidLookup;

    fn try_from(typed: String) -> Result<Self, InvalidLookup> {
        Self::new(&typed)
    }
}

impl From<Lookup> for String {
    fn from(lookup: Lookup) -> Self {
        lookup.0
    }
}

#[cfg(test)]
mod tests {
    use super::Lookup;
    #[test]
    fn a_lookup_ignores_case_and_outer_space() {
        let lookup = Lookup::new("  wbIL ").expect("a plain word");
        assert!(lookup.matches("b563", "WBILMTESTTRACK"));
        assert!(!lookup.matches("b563", "OTHER"));
        assert!(Lookup::new("a\0").is_err());
        assert!(Lookup::new(&"a".repeat(129)).is_err());
    }

    #[test]
    fn a_lookup_from_the_network_is_checked_too() {
        let lookup: Lookup = serde_json::from_str("\" a b \"").expect("two letters");
        assert_eq!(lookup.as_str(), "a b");
        assert_eq!(serde_json::to_string(&lookup).expect("a string"), "\"a b\"");
        let long = format!("\"{}\"", "a".repeat(129));
        assert!(serde_json::from_str::<Lookup>(&long).is_err());
        assert!(serde_json::from_str::<Lookup>("\"\\u0000\"").is_err());
    }
}
