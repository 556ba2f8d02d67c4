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
    use proptest::prelude::*;

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

    /// A JSON text, with what a slow and simple look at it finds.
    #[derive(Clone, Debug)]
    struct Sample {
        json: String,
        depth: usize,
        is_text: bool,
    }

    /// A part of a string as it is written, and the UTF-16 units it stands for.
    fn string_part() -> impl Strategy<Value = (String, Vec<u16>)> {
        prop_oneof![
            "[^\"\\\\\\x00-\\x1f]{1,3}".prop_map(|text| {
                let units = text.encode_utf16().collect();
                (text, units)
            }),
            prop_oneof![0_u16..=0x80, 0xD7F0_u16..=0xE010, any::<u16>()]
                .prop_map(|unit| (format!("\\u{unit:04x}"), vec![unit])),
            prop_oneof![0xD800_u16..=0xDBFF].prop_flat_map(|high| {
                (0xDC00_u16..=0xDFFF)
                    .prop_map(move |low| (format!("\\u{high:04X}\\u{low:04X}"), vec![high, low]))
            }),
            proptest::sample::select(vec![
                ("\\\\", '\\'),
                ("\\\"", '"'),
                ("\\n", '\n'),
                ("\\/", '/')
            ])
            .prop_map(|(written, meant)| (written.to_owned(), vec![meant as u16])),
            // What only looks like an escape or a bracket.
            Just((
                "\\\\u0000[{".to_owned(),
                "\\u0000[{".encode_utf16().collect()
            )),
        ]
    }

    fn string() -> impl Strategy<Value = Sample> {
        proptest::collection::vec(string_part(), 0..5).prop_map(|parts| {
            let (written, units): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            let units: Vec<u16> = units.concat();
            let is_text =
                char::decode_utf16(units).all(|unit| unit.is_ok_and(|character| character != '\0'));
            Sample {
                json: format!("\"{}\"", written.concat()),
                depth: 0,
                is_text,
            }
        })
    }

    fn value() -> impl Strategy<Value = Sample> {
        let leaf = prop_oneof![
            string(),
            proptest::sample::select(vec!["0", "-1.5e3", "true", "null"]).prop_map(|json| Sample {
                json: json.to_owned(),
                depth: 0,
                is_text: true
            }),
        ];
        leaf.prop_recursive(6, 40, 4, |inner| {
            let join = |samples: &[&Sample], json: String| Sample {
                json,
                depth: 1 + samples
                    .iter()
                    .map(|sample| sample.depth)
                    .max()
                    .unwrap_or_default(),
                is_text: samples.iter().all(|sample| sample.is_text),
            };
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(move |samples| {
                    let texts: Vec<_> = samples.iter().map(|sample| &*sample.json).collect();
                    join(
                        &samples.iter().collect::<Vec<_>>(),
                        format!("[ {} ]", texts.join(",")),
                    )
                }),
                proptest::collection::vec((string(), inner), 0..4).prop_map(move |fields| {
                    let texts: Vec<_> = fields
                        .iter()
                        .map(|(key, value)| format!("{}: {}", key.json, value.json))
                        .collect();
                    let samples: Vec<_> = fields
                        .iter()
                        .flat_map(|(key, value)| [key, value])
                        .collect();
                    join(&samples, format!("{{{}}}", texts.join(" , ")))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn agrees_with_a_slow_look(sample in value()) {
            let expected = (!sample.is_text).then_some(Objection::BadText);
            prop_assert_eq!(scan(sample.json.as_bytes(), sample.depth), expected);
            if let Some(less) = sample.depth.checked_sub(1) {
                prop_assert_eq!(scan(sample.json.as_bytes(), less), Some(Objection::TooDeep));
            }
            // What the scan finds, the slow way names as bad text too.
            let rejection = crate::parse(sample.json.as_bytes(), usize::MAX)
                .expect_err("a small document without a uid is no order");
            prop_assert_eq!(rejection.reason == crate::Reason::BadText, !sample.is_text);
        }

        #[test]
        fn takes_any_bytes(json: Vec<u8>, max_depth in 0_usize..3) {
            let _ = scan(&json, max_depth);
        }

        #[test]
        fn takes_anything_that_looks_like_escapes(json in "[\\\\\"u0dD8cC{}\\[\\]é]{0,40}") {
            let _ = scan(json.as_bytes(), 2);
        }
    }
}
