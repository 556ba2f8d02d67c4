//! Numbers and money: `1,284`, `6,842.5`, `42/s`.

use orders::Money;
use rust_decimal::Decimal;

/// A whole number with a comma between thousands.
pub fn grouped(number: impl std::fmt::Display) -> String {
    group_digits(&number.to_string())
}

/// An amount with every digit that was sent, and a comma between thousands of
/// its whole part. A number with an exponent stays as it is.
pub fn money(amount: &Money) -> String {
    group_digits(amount.as_str())
}

/// A sum that was calculated here, written like [`money`], without the zeros
/// at its end that calculating leaves.
pub fn sum(amount: Decimal) -> String {
    group_digits(&amount.normalize().to_string())
}

/// A count with its noun: `1 item`, `1,284 items`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(number))
}

/// Orders a second, with as many digits as mean something.
pub fn rate(per_second: f64) -> String {
    if per_second >= 9.95 {
        format!("{}/s", group_digits(&format!("{per_second:.0}")))
    } else if per_second >= 0.05 {
        format!("{per_second:.1}/s")
    } else {
        "0/s".to_owned()
    }
}

fn group_digits(number: &str) -> String {
    let (sign, magnitude) = match number.strip_prefix('-') {
        Some(magnitude) => ("-", magnitude),
        None => ("", number),
    };
    let whole_len = magnitude.find('.').unwrap_or(magnitude.len());
    let (whole, fraction) = magnitude.split_at(whole_len);
    if !magnitude
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return number.to_owned();
    }
    let mut text = String::with_capacity(number.len() + whole.len() / 3);
    text.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

#[cfg(test)]
mod tests {
    use orders::Money;

    use super::{count, grouped, money, rate, sum};

    #[test]
    fn thousands_are_grouped() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_284, "1,284"),
            (2_417_982, "2,417,982"),
        ];
        for (number, expected) in cases {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(count(1, "item", "items"), "1 item");
        assert_eq!(count(0, "item", "items"), "0 items");
    }

    #[test]
    fn money_keeps_every_digit() {
        let cases = [
            ("1817", "1,817"),
            ("6842.50", "6,842.50"),
            ("0.10", "0.10"),
            ("-0", "-0"),
            ("1e3", "1e3"),
            (
                "12345678901234567890.123456",
                "12,345,678,901,234,567,890.123456",
            ),
        ];
        for (sent, expected) in cases {
            assert_eq!(money(&Money::parse(sent).unwrap()), expected);
        }
    }

    #[test]
    fn sums_lose_only_empty_digits() {
        let cases = [
            ("8074.00", "8,074"),
            ("0.30", "0.3"),
            ("-1200.5", "-1,200.5"),
        ];
        for (amount, expected) in cases {
            assert_eq!(sum(amount.parse().unwrap()), expected);
        }
    }

    #[test]
    fn a_rate_has_few_digits() {
        let cases = [
            (0.0, "0/s"),
            (0.04, "0/s"),
            (0.26, "0.3/s"),
            (9.9, "9.9/s"),
            (9.96, "10/s"),
            (42.4, "42/s"),
            (19_876.2, "19,876/s"),
        ];
        for (per_second, expected) in cases {
            assert_eq!(rate(per_second), expected);
        }
    }
}
