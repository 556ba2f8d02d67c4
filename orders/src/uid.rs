//! The identity of an order.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The longest uid that is accepted, in characters.
pub(crate) const MAX_CHARS: usize = 128;

/// The identity of an order: 1–128 printable characters, no white space at
/// either end.
///
/// Nothing more is asked of it: real publishers send uids that are no UUIDs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, min_length = 1, max_length = 128, examples("b563feb7b2b84b6test")))]
#[serde(try_from = "String", into = "String")]
pub struct OrderUid(Box<str>);

/// Why a text is no [`OrderUid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUid {
    /// There is no text at all.
    #[error("order_uid is empty")]
    Empty,
    /// More than 128 characters.
    #[error("order_uid is longer than {MAX_CHARS} characters")]
    TooLong,
    /// White space at the start or at the end.
    #[error("order_uid has white space at its start or end")]
    OuterWhiteSpace,
    /// A control character, a line or paragraph separator, anywhere.
    #[error("order_uid holds a character that cannot be printed")]
    NotPrintable,
}

impl OrderUid {
    /// The uid as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks `text` against the rules of an order uid.
    ///
    /// # Errors
    /// The first rule that `text` breaks.
    pub fn check(text: &str) -> Result<(), InvalidUid> {
        if text.is_empty() {
            return Err(InvalidUid::Empty);
        }
        // Nearly every uid: it need not be looked at three times.
        if text.len() <= MAX_CHARS && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(());
        }
        // A character takes at most four bytes: a huge text is not walked.
        if text.len() > MAX_CHARS * 4 || text.chars().count() > MAX_CHARS {
            return Err(InvalidUid::TooLong);
        }
        if text
            .chars()
            .any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}'))
        {
            return Err(InvalidUid::NotPrintable);
        }
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            return Err(InvalidUid::OuterWhiteSpace);
        }
        Ok(())
    }
}

impl TryFrom<String> for OrderUid {
    type Error = InvalidUid;

    fn try_from(text: String) -> Result<Self, InvalidUid> {
        Self::check(&text)?;
        Ok(Self(text.into_boxed_str()))
    }
}

impl FromStr for OrderUid {
    type Err = InvalidUid;

    fn from_str(text: &str) -> Result<Self, InvalidUid> {
        Self::check(text)?;
        Ok(Self(text.into()))
    }
}

impl From<OrderUid> for String {
    fn from(uid: OrderUid) -> Self {
        uid.0.into_string()
    }
}

impl std::borrow::Borrow<str> for OrderUid {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for OrderUid {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderUid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidUid, OrderUid};

    #[test]
    fn accepts_what_real_publishers_send() {
        for text in [
            "b563feb7b2b84b6test",
            "a",
            "заказ №1",
            "a b",
            "x/y?z#%",
            "\u{1F4E6}",
        ] {
            assert_eq!(OrderUid::check(text), Ok(()), "{text:?}");
        }
        assert_eq!(OrderUid::check(&"ж".repeat(128)), Ok(()));
    }

    #[test]
    fn names_the_broken_rule() {
        let cases = [
            ("", InvalidUid::Empty),
            (" a", InvalidUid::OuterWhiteSpace),
            ("a\u{a0}", InvalidUid::OuterWhiteSpace),
            ("a\0b", InvalidUid::NotPrintable),
            ("a\n", InvalidUid::NotPrintable),
            ("a\u{2028}b", InvalidUid::NotPrintable),
        ];
        for (text, expected) in cases {
            assert_eq!(OrderUid::check(text), Err(expected), "{text:?}");
        }
        assert_eq!(OrderUid::check(&"a".repeat(129)), Err(InvalidUid::TooLong));
    }
}
