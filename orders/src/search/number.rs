//! A number in a query.

use std::fmt;

/// The most characters of a number.
const MAX_CHARS: usize = 30;

/// A number as it was typed, e.g. `5000` or `6842.5`.
///
/// It is compared as a double: numbers that agree in their first fifteen
/// digits are the same to a search. What is shown is never made from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    text: Box<str>,
    value: f64,
}

impl Number {
    /// Reads digits, with a sign and a decimal point if there are any.
    pub fn parse(text: &str) -> Option<Self> {
        let magnitude = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match magnitude.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (magnitude, None),
        };
        let are_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number =
            text.len() <= MAX_CHARS && are_digits(whole) && fraction.is_none_or(are_digits);
        if !is_number {
            return None;
        }
        Some(Self {
            text: text.into(),
            value: text.parse().ok()?,
        })
    }

    /// Its value.
    pub const fn value(&self) -> f64 {
        self.value
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
