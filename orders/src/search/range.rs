//! Ranges as they are written: `100`, `>100`, `>=100`, `<100`, `<=100`, `1..9`.

use std::fmt;

/// Which values are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range<T> {
    /// `value`
    Is(T),
    /// `>value`
    Over(T),
    /// `>=value`, also written `value..`
    AtLeast(T),
    /// `<value`
    Under(T),
    /// `<=value`, also written `..value`
    AtMost(T),
    /// `low..high`, both included
    Between(T, T),
}

/// Why a text is no range of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRange<'a> {
    /// There is an operator without a value.
    Empty,
    /// This part is no value.
    Value(&'a str),
}

impl<T> Range<T> {
    /// Reads a range whose values `read` understands.
    pub(super) fn read<'a>(
        text: &'a str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Self, NoRange<'a>> {
        let read = |text: &'a str| read(text).ok_or(NoRange::Value(text));
        match text.split_once("..") {
            Some(("", "")) => return Err(NoRange::Empty),
            Some((low, "")) => return read(low).map(Self::AtLeast),
            Some(("", high)) => return read(high).map(Self::AtMost),
            Some((low, high)) => return Ok(Self::Between(read(low)?, read(high)?)),
            None => {}
        }
        let operand = |operator| text.strip_prefix(operator);
        let (value, range): (_, fn(T) -> Self) = if let Some(value) = operand(">=") {
            (value, Self::AtLeast)
        } else if let Some(value) = operand("<=") {
            (value, Self::AtMost)
        } else if let Some(value) = operand(">") {
            (value, Self::Over)
        } else if let Some(value) = operand("<") {
            (value, Self::Under)
        } else {
            (operand("=").unwrap_or(text), Self::Is)
        };
        if value.is_empty() {
            return Err(NoRange::Empty);
        }
        read(value).map(range)
    }
}

impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(value) => write!(formatter, "{value}"),
            Self::Over(value) => write!(formatter, ">{value}"),
            Self::AtLeast(value) => write!(formatter, ">={value}"),
            Self::Under(value) => write!(formatter, "<{value}"),
            Self::AtMost(value) => write!(formatter, "<={value}"),
            Self::Between(low, high) => write!(formatter, "{low}..{high}"),
        }
    }
}
