//! An amount of money, exactly as it was sent.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// The most digits an amount may have before and after its decimal point once
/// it is written without an exponent. PostgreSQL's `numeric` holds far more;
/// the bound keeps the SQL views and the pages from absurd texts.
const MAX_DIGITS: i64 = 64;

/// The longest text of an amount, in bytes. Only zeros in front of an exponent
/// can make one longer that is not too large already.
const MAX_BYTES: usize = 256;

/// What is said of anything that is no number. A rejection is of a wrong type
/// when it says so.
pub(crate) const NO_NUMBER: &str = "a number was expected";

/// An amount of money: a non-negative JSON number, kept as the text that was
/// sent. It never passes through a binary float.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = f64, format = "decimal", minimum = 0, examples(json!(1817), json!(10.5))))]
pub struct Money(Box<str>);

impl Money {
    /// Takes the text of a JSON number.
    ///
    /// # Errors
    /// A sentence for people, if it is no number, negative, or has more than
    /// 64 digits before or after its decimal point.
    pub fn parse(number: &str) -> Result<Self, &'static str> {
        let (magnitude, is_signed) = match number.strip_prefix('-') {
            Some(magnitude) => (magnitude, true),
            None => (number, false),
        };
        let number_parts = Parts::of(magnitude).ok_or(NO_NUMBER)?;
        if is_signed && !number_parts.is_zero() {
            return Err("money may not be negative");
        }
        if number.len() > MAX_BYTES || !number_parts.is_of_sane_size() {
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
        let parts = Parts::of(self.0.strip_prefix('-').unwrap_or(&self.0))?;
        Decimal::from_str_exact(&parts.plain()?).ok()
    }
}

/// A JSON number without its sign (RFC 8259, section 6).
struct Parts<'a> {
    whole: &'a str,
    fraction: &'a str,
    /// The exponent, or, if that is beyond all measure, `None`.
    exponent: Option<i32>,
}

impl<'a> Parts<'a> {
    /// The parts of `magnitude`, if JSON has such a number.
    fn of(magnitude: &'a str) -> Option<Self> {
        let (mantissa, exponent) = match magnitude.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (magnitude, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let are_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = are_digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(are_digits)
            && exponent
                .is_none_or(|text| are_digits(text.strip_prefix(['+', '-']).unwrap_or(text)));
        is_number.then(|| Self {
            whole,
            fraction: fraction.unwrap_or(""),
            exponent: exponent.unwrap_or("0").parse().ok(),
        })
    }

    fn is_zero(&self) -> bool {
        self.whole
            .bytes()
            .chain(self.fraction.bytes())
            .all(|digit| digit == b'0')
    }

    /// Whether the digits before and after the point, written without an
    /// exponent, stay within [`MAX_DIGITS`].
    fn is_of_sane_size(&self) -> bool {
        let digits = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        self.exponent.map(i64::from).is_some_and(|exponent| {
            exponent.abs() <= MAX_DIGITS
                && digits(self.whole).saturating_add(exponent) <= MAX_DIGITS
                && digits(self.fraction).saturating_sub(exponent) <= MAX_DIGITS
        })
    }

    /// The same number without an exponent and without zeros at its end.
    fn plain(&self) -> Option<String> {
        if !self.is_of_sane_size() {
            return None;
        }
        let exponent = self.exponent?;
        let shift = usize::try_from(exponent.unsigned_abs()).ok()?;
        let zeros = "0".repeat(shift);
        let (digits, point) = if exponent < 0 {
            (
                format!("{zeros}{}{}", self.whole, self.fraction),
                self.whole.len(),
            )
        } else {
            (
                format!("{}{}{zeros}", self.whole, self.fraction),
                self.whole.len() + shift,
            )
        };
        let (whole, fraction) = digits.split_at_checked(point)?;
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        Some(if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        })
    }
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
            // The smallest `i64` has no absolute value.
            "1e-9223372036854775808",
            &format!("1e{}1", "0".repeat(300)),
        ] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
        for text in [
            "", "-", "+1", "1abc", "1.", ".5", "1.2.3", "01", "1e", "1e+", " 1", "1 ", "NaN", "١",
        ] {
            assert_eq!(Money::parse(text), Err(super::NO_NUMBER), "{text:?}");
        }
        assert!(Money::parse(&"9".repeat(65)).is_err());
    }

    #[test]
    fn calculates_exactly_or_not_at_all() {
        let plain = |text: &str| {
            let money = Money::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            money.to_decimal().map(|decimal| decimal.to_string())
        };
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00e5", "0"),
            ("1817", "1817"),
            ("317.50", "317.5"),
            ("1e3", "1000"),
            ("1E+3", "1000"),
            ("1.25e1", "12.5"),
            ("125e-2", "1.25"),
            ("5e-3", "0.005"),
            ("1.5e-27", "0.0000000000000000000000000015"),
            ("1.00000000000000000000000000000000000000", "1"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "9".repeat(60).as_str(),
            "0.12345678901234567890123456789",
            "1.2345678901234567890123456789012e1",
            "1e-29",
            "1e29",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
        let sum = ["0.1", "0.2"]
            .iter()
            .filter_map(|text| Money::parse(text).ok()?.to_decimal())
            .sum::<rust_decimal::Decimal>();
        assert_eq!(sum.to_string(), "0.3");
    }
}
