//! Where in a message its fault is.

use std::{collections::HashMap, ops::Range};

use orders::{MAX_DEPTH, Reason, RejectedSummary};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The bytes at fault, where they can be told.
pub(super) fn place(message: &[u8], summary: &RejectedSummary) -> Option<Range<usize>> {
    match summary.reason {
        Reason::Empty | Reason::TooLarge | Reason::Storage => None,
        Reason::NotUtf8 => {
            let error = std::str::from_utf8(message).err()?;
            let at = error.valid_up_to();
            Some(at..at + error.error_len().unwrap_or(message.len() - at))
        }
        Reason::NotJson => in_syntax(std::str::from_utf8(message).ok()?),
        Reason::TooDeep => too_deep(message),
        Reason::MissingField => {
            // What is not there has no place; what lacks it has one.
            let (parent, _) = summary.path.rsplit_once('.')?;
            let range = at_path(std::str::from_utf8(message).ok()?, parent)?;
            Some(range.start..range.start + 1)
        }
        Reason::BadText | Reason::WrongType | Reason::InvalidValue | Reason::Conflict => {
            at_path(std::str::from_utf8(message).ok()?, &summary.path)
        }
    }
}

/// Where the text stops being JSON.
fn in_syntax(text: &str) -> Option<Range<usize>> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let line = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    // The column is that of the last byte that was read.
    let at = (line + error.column().saturating_sub(1)).min(text.len().checked_sub(1)?);
    let start = (0..=at).rev().find(|&at| text.is_char_boundary(at))?;
    let end = (at + 1..=text.len()).find(|&at| text.is_char_boundary(at))?;
    Some(start..end)
}

/// The first bracket beyond the deepest that is allowed.
fn too_deep(message: &[u8]) -> Option<Range<usize>> {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, &byte) in message.iter().enumerate() {
        if is_text {
            is_text = is_escaped || byte != b'"';
            is_escaped = byte == b'\\' && !is_escaped;
            continue;
        }
        match byte {
            b'"' => is_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at..at + 1);
        }
    }
    None
}

/// The value at a path such as `items[3].price`.
fn at_path(text: &str, path: &str) -> Option<Range<usize>> {
    if path.is_empty() {
        return None;
    }
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for step in path.split(['.', '[']) {
        if let Some(index) = step.strip_suffix(']') {
            let values: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            value = values.get(index.parse::<usize>().ok()?)?;
        } else {
            let fields: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
            value = fields.get(step)?;
        }
    }
    // The value is a part of the text: a subtraction tells where it begins.
    let start = (value.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    Some(start..start + value.get().len())
}

#[cfg(test)]
mod tests {
    use orders::{QuarantineState, RejectedSummary, Sequence, Timestamp};

    use super::place;

    /// The part of the message that its own rejection leads to.
    fn part(message: &[u8]) -> Option<Vec<u8>> {
        let rejection = orders::parse(message, usize::MAX).expect_err("no order");
        let moment = Timestamp::from_unix_seconds(0).expect("the epoch is a moment");
        let summary = RejectedSummary {
            id: 1,
            state: QuarantineState::Open,
            reason: rejection.reason,
            path: rejection.path,
            detail: rejection.detail,
            order_uid: None,
            channel: "updates".to_owned(),
            sequence: Sequence::new(1),
            published_at: moment,
            rejected_at: moment,
            size_bytes: 0,
        };
        place(message, &summary).map(|range| message[range].to_vec())
    }

    #[test]
    fn a_fault_has_its_place() {
        let order = |amount: &str, items: &str| {
            format!(
                r#"{{"order_uid":"a","track_number":"T","delivery":{{}},"payment":{{"amount":{amount}}},"items":{items},"date_created":"2021-11-26T06:22:19Z"}}"#
            )
        };
        let deep = order("1", &format!("[{}", "[".repeat(200)));
        let cases: [(Vec<u8>, Option<&[u8]>); 9] = [
            (Vec::new(), None),
            (b"{}".into(), None),
            (b"nonsense".into(), Some(b"o")),
            (b"{\"a\":\n  tru }".into(), Some(b" ")),
            (b"ab\xffcd".into(), Some(b"\xff")),
            (order("\"18\"", "[]").into(), Some(b"\"18\"")),
            (order("1", "[{\"price\":-3}]").into(), Some(b"-3")),
            (
                order("1", "[{\"x\":\"\\u0000\"}]").into(),
                Some(b"\"\\u0000\""),
            ),
            (deep.into(), Some(b"[")),
        ];
        for (message, expected) in cases {
            let said = String::from_utf8_lossy(&message);
            assert_eq!(part(&message).as_deref(), expected, "{said}");
        }
    }
}
