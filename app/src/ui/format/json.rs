//! Splits a JSON text into parts to colour, without changing a byte.

/// What a part of a JSON text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The name of a field, with its quotes.
    Key,
    /// A string, with its quotes.
    Text,
    /// A number, `true`, `false` or `null`.
    Literal,
    /// Braces, brackets, commas, colons.
    Punctuation,
    /// White space.
    Space,
}

impl Kind {
    /// The class that colours it.
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::Key => Some("j-key"),
            Self::Text => Some("j-str"),
            Self::Literal => Some("j-num"),
            Self::Punctuation => Some("j-punct"),
            Self::Space => None,
        }
    }
}

/// The parts of one line of a JSON text; joined, they are the line. In JSON no
/// string spans lines, so each line can be read alone.
pub fn parts(line: &str) -> impl Iterator<Item = (Kind, &str)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = *rest.as_bytes().first()?;
        let (kind, len) = match first {
            b'"' => {
                let len = string_len(rest);
                let is_key = rest[len..].trim_start().starts_with(':');
                (if is_key { Kind::Key } else { Kind::Text }, len)
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (Kind::Punctuation, run(rest, is_sign)),
            _ if rest.starts_with(char::is_whitespace) => {
                (Kind::Space, run(rest, char::is_whitespace))
            }
            _ => (
                Kind::Literal,
                run(rest, |c| !is_sign(c) && c != '"' && !c.is_whitespace()),
            ),
        };
        let (part, after) = rest.split_at(len);
        rest = after;
        Some((kind, part))
    })
}

const fn is_sign(c: char) -> bool {
    matches!(c, '{' | '}' | '[' | ']' | ',' | ':')
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length in bytes of the string that `text` starts with.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Kind, parts};

    #[test]
    fn the_parts_make_the_line() {
        for line in [
            r#"  "a" : "b\"c\\", "n": [1.50e3,null]"#,
            "",
            "{}",
            "\"open",
            "ключ: \"значение\"\r",
        ] {
            let joined: String = parts(line).map(|(_, part)| part).collect();
            assert_eq!(joined, line);
        }
    }

    #[test]
    fn names_are_told_from_strings() {
        let kinds: Vec<_> = parts(r#"{"a": "b:", "c":1}"#)
            .filter(|(kind, _)| !matches!(kind, Kind::Space | Kind::Punctuation))
            .collect();
        assert_eq!(
            kinds,
            [
                (Kind::Key, "\"a\""),
                (Kind::Text, "\"b:\""),
                (Kind::Key, "\"c\""),
                (Kind::Literal, "1"),
            ]
        );
    }
}
