//! Phone numbers, however they are written.

/// The fewest digits by which a free word is looked for in phone numbers.
const MIN_DIGITS: usize = 3;

/// The digits of a phone number, e.g. `79162041183` of `+7 (916) 204-11-83`.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits to look for where `text` may be a phone number or part of one;
/// `None` where it is something else.
pub(super) fn wanted(text: &str) -> Option<String> {
    let is_phone = text.chars().all(is_phone_character);
    let digits = digits(text);
    (is_phone && digits.len() >= MIN_DIGITS).then(|| without_trunk(text, digits))
}

/// Whether phone numbers are written with it.
pub(super) fn is_phone_character(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '+' | '-' | '(' | ')' | '.' | '/' | ' ')
}

/// At home people dial `8` in place of `+7`, and `00` in place of `+`.
fn without_trunk(text: &str, digits: String) -> String {
    if text.trim_start().starts_with('+') {
        return digits;
    }
    match digits.strip_prefix("00") {
        Some(rest) if rest.len() >= 7 => rest.to_owned(),
        _ if digits.len() == 11 && digits.starts_with('8') => digits[1..].to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn a_phone_number_is_known_by_its_digits() {
        let cases = [
            ("+7 (916) 204-11-83", Some("79162041183")),
            ("8 916 204 11 83", Some("9162041183")),
            ("00972 0000000", Some("9720000000")),
            ("+8 916 204 11 83", Some("89162041183")),
            ("204-11", Some("20411")),
            ("12", None),
            ("b563", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(wanted(text).as_deref(), expected, "{text}");
        }
    }
}
