//! Numbers and money as a language writes them: `1,284` and `1 284`, `6,842.5`
//! and `6 842,5`.

use orders::Money;
use rust_decimal::Decimal;

use crate::ui::language::{Locale, td_string};

/// A whole number with its thousands apart.
pub fn grouped(locale: Locale, number: impl std::fmt::Display) -> String {
    group_digits(locale, &number.to_string())
}

/// An amount with every digit that was sent, and the thousands of its whole part
/// apart. A number with an exponent stays as it is.
pub fn money(locale: Locale, amount: &Money) -> String {
    group_digits(locale, amount.as_str())
}

/// A sum that was calculated here, written like [`money`], without the zeros
/// at its end that calculating leaves.
pub fn sum(locale: Locale, amount: Decimal) -> String {
    group_digits(locale, &amount.normalize().to_string())
}

/// Orders a second, with as many digits as mean something.
pub fn rate(locale: Locale, per_second: f64) -> String {
    let number = if per_second >= 9.95 {
        group_digits(locale, &format!("{per_second:.0}"))
    } else if per_second >= 0.05 {
        with_decimal_mark(locale, format!("{per_second:.1}"))
    } else {
        "0".to_owned()
    };
    td_string!(locale, units.per_second, number)
}

/// A number that was written with a point, with the mark of the language.
pub fn with_decimal_mark(locale: Locale, number: String) -> String {
    match locale {
        Locale::en => number,
        Locale::ru => number.replace('.', ","),
    }
}

fn group_digits(locale: Locale, number: &str) -> String {
    let (between_thousands, decimal_mark) = match locale {
        Locale::en => (',', '.'),
        // A space at which no line breaks.
        Locale::ru => ('\u{a0}', ','),
    };
    let (sign, magnitude) = match number.strip_prefix('-') {
        Some(magnitude) => ("-", magnitude),
        None => ("", number),
    };
    if !magnitude
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return number.to_owned();
    }
    let (whole, fraction) = match magnitude.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (magnitude, None),
    };
    let mut text = String::with_capacity(number.len() + whole.len());
    text.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(between_thousands);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(decimal_mark);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use orders::Money;

    use super::{Locale, grouped, money, rate, sum};

    #[test]
    fn thousands_are_grouped() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_284, "1,284"),
            (2_417_982, "2,417,982"),
        ];
        for (number, expected) in cases {
            assert_eq!(grouped(Locale::en, number), expected);
            assert_eq!(grouped(Locale::ru, number), expected.replace(',', "\u{a0}"));
        }
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
            let sent = Money::parse(sent).unwrap();
            assert_eq!(money(Locale::en, &sent), expected);
            let russian = expected.replace(',', "\u{a0}").replace('.', ",");
            assert_eq!(money(Locale::ru, &sent), russian);
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
            assert_eq!(sum(Locale::en, amount.parse().unwrap()), expected);
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
            assert_eq!(rate(Locale::en, per_second), expected);
        }
        assert_eq!(rate(Locale::ru, 0.26), "0,3/с");
    }
}
