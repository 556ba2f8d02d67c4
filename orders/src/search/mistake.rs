//! What cannot be understood of a query, and where.

use std::{fmt, ops::Range};

/// A part of a query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands in the typed text, in bytes.
    pub place: Range<usize>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong. Its text is a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such field.
    UnknownField {
        /// What was typed before the colon.
        name: String,
        /// The field that may have been meant, and the term with it.
        meant: Option<String>,
    },
    /// A field without a value.
    NoValue {
        /// The field.
        field: &'static str,
    },
    /// The value of a field that takes numbers is none.
    NoNumber {
        /// The field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// The value of a field that takes dates is none.
    NoDate {
        /// The field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// A phone number without a digit.
    NoDigits {
        /// What was typed.
        value: String,
    },
    /// A range whose end lies before its beginning.
    Backwards {
        /// The field.
        field: &'static str,
    },
    /// A quotation mark that is never closed.
    OpenQuote,
    /// A character such as NUL.
    NotPrintable,
    /// Longer than a query may be.
    TooLong,
    /// More terms than a query may have.
    TooManyTerms,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use super::parse::{MAX_QUERY_CHARS, MAX_TERMS};
        match self {
            Self::UnknownField { name, meant } => {
                write!(formatter, "There is no field `{name}`. ")?;
                match meant {
                    Some(meant) => write!(formatter, "Did you mean `{meant}`?"),
                    None => write!(formatter, "To look for this text itself, put it in quotes."),
                }
            }
            Self::NoValue { field } => {
                write!(
                    formatter,
                    "`{field}:` has no value. Write one after the colon, without a space."
                )
            }
            Self::NoNumber { field, value } => write!(
                formatter,
                "`{field}:` takes a number, such as `{field}:100`, `{field}:>100` or `{field}:100..200`; “{value}” is none."
            ),
            Self::NoDate { field, value } => write!(
                formatter,
                "`{field}:` takes a date, such as `{field}:2026-05-12`, `{field}:>2026-05`, `{field}:today` or `{field}:7d`; “{value}” is none."
            ),
            Self::NoDigits { value } => {
                write!(formatter, "`phone:` takes digits; “{value}” has none.")
            }
            Self::Backwards { field } => write!(
                formatter,
                "This range of `{field}:` ends before it begins. Write the lower end first."
            ),
            Self::OpenQuote => formatter
                .write_str("This quotation mark is not closed. Write another one after the text."),
            Self::NotPrintable => formatter
                .write_str("The search holds a character that no order can hold. Take it out."),
            Self::TooLong => write!(
                formatter,
                "The search is longer than {MAX_QUERY_CHARS} characters. Leave something out."
            ),
            Self::TooManyTerms => write!(
                formatter,
                "The search has more than {MAX_TERMS} terms. Leave some out."
            ),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(formatter)
    }
}

impl std::error::Error for Mistake {}
