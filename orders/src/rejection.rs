//! Why a message is no order.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of fault that sends a message to quarantine. The names are part of
/// the API and of the database: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No bytes at all.
    Empty,
    /// More bytes than `MAX_ORDER_BYTES`.
    TooLarge,
    /// Not UTF-8.
    NotUtf8,
    /// Not one JSON value: a syntax error, an early end, or data behind it.
    NotJson,
    /// Arrays and objects nested deeper than [`crate::MAX_DEPTH`].
    TooDeep,
    /// `\u0000` or a lone surrogate in a string: PostgreSQL's JSON functions
    /// fail on the whole document.
    BadText,
    /// A required field is not there.
    MissingField,
    /// A field, or the whole value, is of another type than the model says.
    WrongType,
    /// A field of the right type with a value that cannot be: an empty uid, a
    /// date that is none, negative money, a key given twice.
    InvalidValue,
    /// Another order with the same uid and other content came first.
    Conflict,
    /// PostgreSQL refused this one row.
    Storage,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::Empty,
        Self::TooLarge,
        Self::NotUtf8,
        Self::NotJson,
        Self::TooDeep,
        Self::BadText,
        Self::MissingField,
        Self::WrongType,
        Self::InvalidValue,
        Self::Conflict,
        Self::Storage,
    ];

    /// The name used in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::NotUtf8 => "not_utf8",
            Self::NotJson => "not_json",
            Self::TooDeep => "too_deep",
            Self::BadText => "bad_text",
            Self::MissingField => "missing_field",
            Self::WrongType => "wrong_type",
            Self::InvalidValue => "invalid_value",
            Self::Conflict => "conflict",
            Self::Storage => "storage",
        }
    }

    /// The reason with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A message that is no order: the kind of fault, its place, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}{}{path}: {detail}", if path.is_empty() { "" } else { " at " })]
pub struct Rejection {
    /// The kind of fault.
    pub reason: Reason,
    /// Where: a path such as `items[3].price`, or empty for the whole message.
    pub path: String,
    /// A sentence for people. It may quote the message, so it belongs in the
    /// quarantine and on its page, never in a log.
    pub detail: String,
}

impl Rejection {
    /// A fault of the whole message.
    pub fn of_message(reason: Reason, detail: impl Into<String>) -> Self {
        Self {
            reason,
            path: String::new(),
            detail: detail.into(),
        }
    }
}
