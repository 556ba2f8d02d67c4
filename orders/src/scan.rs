//! A first look at a message's bytes: what the JSON parser lets pass, but
//! PostgreSQL could not work with.

/// What the scan objects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Objection {
    /// Nested deeper than allowed.
    TooDeep,
    /// An escaped NUL or a lone surrogate.
    BadText,
}

/// Walks over `json` once and finds nesting deeper than `max_depth` and string
/// escapes that stand for no text. Whether it is JSON at all is the parser's
/// business: on anything else the answer means nothing, but comes in bounded
/// time and without a panic.
pub(crate) fn scan(json: &[u8], max_depth: usize) -> Option<Objection> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut bad_text = false;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                let (length, is_text) = escape(&json[at..]);
                bad_text |= !is_text;
                at += length;
            }
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > max_depth {
                    return Some(Objection::TooDeep);
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    bad_text.then_some(Objection::BadText)
}

/// The length of the escape whose backslash came just before `rest`, and
/// whether it stands for text.
fn escape(rest: &[u8]) -> (usize, bool) {
    if rest.first() != Some(&b'u') {
        return (1, true);
    }
    match code_unit(&rest[1..]) {
        None => (1, true),
        Some(0 | 0xDC00..=0xDFFF) => (5, false),
        Some(0xD800..=0xDBFF) => {
            let paired = rest.get(5..7) == Some(b"\\u")
                && matches!(code_unit(&rest[7..]), Some(0xDC00..=0xDFFF));
            if paired { (11, true) } else { (5, false) }
        }
        Some(_) => (5, true),
    }
}

fn code_unit(hex: &[u8]) -> Option<u16> {
    let digits = hex.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{Objection, scan};

    #[test]
    fn finds_text_that_is_none() {
        let cases: [(&str, Option<Objection>); 9] = [
            (r#""plain é \u00e9 \n \" \\""#, None),
            (r#""\ud83d\ude00""#, None),
            (r#""\u0000""#, Some(Objection::BadText)),
            (r#""\ud83d""#, Some(Objection::BadText)),
            (r#""\ude00\ud83d""#, Some(Objection::BadText)),
            (r#""\ud83d\u0041""#, Some(Objection::BadText)),
            (r#""\\u0000""#, None),
            (r#""\\\u0000""#, Some(Objection::BadText)),
            (r#"{"\u0000":1}"#, Some(Objection::BadText)),
        ];
        for (json, expected) in cases {
            assert_eq!(scan(json.as_bytes(), 128), expected, "{json}");
        }
    }

    #[test]
    fn counts_only_what_nests() {
        assert_eq!(scan(b"[[1],[2],\"[[[[\"]", 2), None);
        assert_eq!(scan(b"[[[1]]]", 2), Some(Objection::TooDeep));
        assert_eq!(
            scan("[".repeat(10_000).as_bytes(), 128),
            Some(Objection::TooDeep)
        );
    }
}
