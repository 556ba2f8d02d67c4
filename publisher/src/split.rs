//! Where the JSON values of a file begin and end, so that each can be
//! published with the bytes it has.

use std::ops::Range;

use serde::de::{Deserialize as _, IgnoredAny};
use serde_json::value::RawValue;

/// The mark that some editors put before UTF-8 text. It belongs to no value.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why a text could not be split into values. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// Not a single value.
    #[error("there is nothing to publish in it")]
    Nothing,
    /// A broken value, at least not one value a line.
    #[error("line {line} is not one JSON value ({cause})")]
    NotJson {
        /// The line.
        line: usize,
        /// What is wrong there.
        cause: String,
    },
    /// Bytes that are no text.
    #[error("line {line} is not UTF-8")]
    NotUtf8 {
        /// The line.
        line: usize,
    },
}

/// Where the values of `file` stand.
///
/// - One value: the whole file as it stands, white space around it included,
///   but not a byte order mark.
/// - One array: each of its elements, without white space around it.
/// - Anything else must be one value a line: each line as it stands, without
///   its line end (`\n` or `\r\n`). Blank lines are passed over.
///
/// # Errors
/// The first line that is no JSON value.
pub fn values(file: &[u8]) -> Result<Vec<Range<usize>>, SplitError> {
    let start = if file.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    let text = std::str::from_utf8(&file[start..]).map_err(|error| SplitError::NotUtf8 {
        line: line_of(file, start + error.valid_up_to()),
    })?;
    if text.bytes().all(is_white_space) {
        return Err(SplitError::Nothing);
    }
    let ranges = if is_value(text).is_err() {
        lines(text)?
    } else if text.trim_start_matches(is_white_character).starts_with('[') {
        elements(text)?
    } else {
        std::iter::once(0..text.len()).collect()
    };
    if ranges.is_empty() {
        return Err(SplitError::Nothing);
    }
    Ok(ranges
        .into_iter()
        .map(|range| range.start + start..range.end + start)
        .collect())
}

/// Where the elements of the array `text` stand.
fn elements(text: &str) -> Result<Vec<Range<usize>>, SplitError> {
    let elements: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|error| SplitError::NotJson {
            line: error.line(),
            cause: error.to_string(),
        })?;
    // Each element is a part of `text`, so its place is known by its address.
    let place = |element: &str| element.as_ptr().addr() - text.as_ptr().addr();
    Ok(elements
        .into_iter()
        .map(RawValue::get)
        .map(|element| place(element)..place(element) + element.len())
        .collect())
}

/// Where the lines of `text` stand that are not blank.
fn lines(text: &str) -> Result<Vec<Range<usize>>, SplitError> {
    let mut ranges = Vec::new();
    let mut at = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if !line.bytes().all(is_white_space) {
            is_value(line).map_err(|error| SplitError::NotJson {
                line: index + 1,
                cause: error.to_string(),
            })?;
            ranges.push(at..at + line.len());
        }
        at += whole.len();
    }
    Ok(ranges)
}

fn is_value(text: &str) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(text);
    IgnoredAny::deserialize(&mut json)?;
    json.end()
}

/// The white space of JSON (RFC 8259, section 2).
fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn is_white_character(character: char) -> bool {
    u8::try_from(character).is_ok_and(is_white_space)
}

fn line_of(file: &[u8], at: usize) -> usize {
    file[..at].split(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{SplitError, values};

    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let found: Vec<_> = values(file.as_bytes())
            .unwrap()
            .into_iter()
            .map(|range| &file[range])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_value_is_the_file_as_it_stands() {
        check("{\"a\" :  1}", &["{\"a\" :  1}"]);
        check(" {\r\n  \"a\": 1\n}\n", &[" {\r\n  \"a\": 1\n}\n"]);
        check("{\"a\":1}\n", &["{\"a\":1}\n"]);
        check("17", &["17"]);
        check("\"\\u0000\"", &["\"\\u0000\""]);
    }

    #[test]
    fn a_byte_order_mark_belongs_to_no_value() {
        check("\u{feff}{\"a\":1}", &["{\"a\":1}"]);
        check("\u{feff}[1, 2]", &["1", "2"]);
        check("\u{feff}{}\n{}", &["{}", "{}"]);
    }

    #[test]
    fn an_array_gives_its_elements_byte_for_byte() {
        check(
            "\n[ {\"a\" : 1.50 } ,\r\n\t{\"a\":[1, 2]}\n,\"x\\u00e9é\" ,1e2]\n",
            &["{\"a\" : 1.50 }", "{\"a\":[1, 2]}", "\"x\\u00e9é\"", "1e2"],
        );
    }

    #[test]
    fn lines_keep_their_bytes_but_not_their_ends() {
        check("{\"a\":1}\n{\"b\": 2}", &["{\"a\":1}", "{\"b\": 2}"]);
        check(
            "{\"a\":1}\r\n\r\n \n {\"b\":2} \r\n",
            &["{\"a\":1}", " {\"b\":2} "],
        );
        check("[1]\n[2]\n", &["[1]", "[2]"]);
        check("{\"a\":\"\u{2028}\"}\n1\n", &["{\"a\":\"\u{2028}\"}", "1"]);
    }

    #[test]
    fn deep_nesting_is_no_problem() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        check(&deep, &[&deep[1..deep.len() - 1]]);
        let lines = format!("{deep}\n{deep}");
        check(&lines, &[&deep, &deep]);
    }

    #[test]
    fn says_which_line_is_broken() {
        for empty in ["", " \n\r\n\t", "[]", " [ ] ", "\u{feff}"] {
            assert_eq!(
                values(empty.as_bytes()),
                Err(SplitError::Nothing),
                "{empty:?}"
            );
        }
        let line_of = |file: &[u8]| match values(file) {
            Err(SplitError::NotJson { line, .. } | SplitError::NotUtf8 { line }) => Some(line),
            _ => None,
        };
        assert_eq!(line_of(b"{}\n\n{]\n"), Some(3));
        assert_eq!(line_of(b"{}\n{} {}\n"), Some(2));
        assert_eq!(line_of(b"{}\n\"\xff\"\n"), Some(2));
        assert_eq!(line_of(b"nonsense"), Some(1));
    }
}
