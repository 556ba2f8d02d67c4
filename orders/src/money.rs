//! An amount of money, exactly as it was sent.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// The most digits an amount may have before and after its decimal point once
/// it is written without an exponent. PostgreSQL's `numeric` holds far more;
/// the bound keeps the SQL views and the pages from absurd texts.
const MAX_DIGITS: i64 = 64;

/// An amount of money: a non-negative JSON number, kept as the text that was
/// sent. It never passes through a binary float.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money(Box<str>);

impl Money {
    /// Takes the text of a JSON number.
    ///
    /// # Errors
    /// A sentence for people, if it is no number, negative, or has more than
    /// 64 digits before or after its decimal point.
    pub fn parse(number: &str) -> Result<Self, &'static str> {
        if !number.starts_with(|character: char| character.is_ascii_digit() || character == '-') {
            return Err("a number was expected");
        }
        let magnitude = number.strip_prefix('-').unwrap_or(number);
        let is_zero = magnitude
            .bytes()
            .take_while(|byte| !matches!(byte, b'e' | b'E'))
            .all(|byte| matches!(byte, b'0' | b'.'));
        if magnitude.len() != number.len() && !is_zero {
            return Err("money may not be negative");
        }
        if !has_sane_size(magnitude) {
            return Err("a number of more digits than money has");
        }
        Ok(Self(number.into()))
    }

    /// The amount as it was sent, e.g. `1817` or `317.50`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The amount for calculations; `None` where 28 digits do not hold it
    /// exactly.
    pub fn to_decimal(&self) -> Option<Decimal> {
        if self.0.contains(['e', 'E']) {
            Decimal::from_scientific(&self.0).ok()
        } else {
            Decimal::from_str_exact(&self.0).ok()
        }
    }
}

/// Whether the digits before and after the point, written without an exponent,
/// stay within [`MAX_DIGITS`].
fn has_sane_size(magnitude: &str) -> bool {
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let Ok(exponent) = exponent.trim_start_matches('+').parse::<i64>() else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    exponent.abs() <= MAX_DIGITS
        && digits(whole).saturating_add(exponent) <= MAX_DIGITS
        && digits(fraction).saturating_sub(exponent) <= MAX_DIGITS
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Money {
    /// As a JSON number, digit for digit.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        RawValue::from_string(self.0.to_string())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use de::Error as _;
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Self::parse(raw.get()).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn keeps_the_digits_that_were_sent() {
        for text in [
            "0",
            "1817",
            "317.50",
            "0.1",
            "12345678901234567890.123456789",
            "1e3",
            "-0",
        ] {
            let money: Money =
                serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(serde_json::to_string(&money).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn refuses_what_is_no_money() {
        for text in [
            "-1",
            "-0.01",
            "\"1\"",
            "null",
            "true",
            "[]",
            "1e999999",
            "1e-999",
            "1e99999999999999999999",
        ] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
        assert!(Money::parse(&"9".repeat(65)).is_err());
    }

    #[test]
    fn calculates_exactly() {
        let sum = ["0.1", "0.2"]
            .iter()
            .filter_map(|text| Money::parse(text).ok()?.to_decimal())
            .sum::<rust_decimal::Decimal>();
        assert_eq!(sum.to_string(), "0.3");
        assert_eq!(
            Money::parse("1e3")
                .ok()
                .and_then(|money| money.to_decimal())
                .map(|decimal| decimal.to_string())
                .as_deref(),
            Some("1000")
        );
        assert!(Money::parse(&"9".repeat(60)).is_ok_and(|money| money.to_decimal().is_none()));
    }
}
