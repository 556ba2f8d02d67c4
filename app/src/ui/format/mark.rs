//! Where a looked-up text stands in what was found.

use std::ops::Range;

/// The first place in `text` where `wanted` stands, whatever the case of
/// either; `None` if it stands nowhere or is empty. The same folding as
/// `Lookup::matches`, so that what matched can be shown.
pub fn find(text: &str, wanted: &str) -> Option<Range<usize>> {
    if wanted.is_empty() {
        return None;
    }
    let wanted = wanted.to_lowercase();
    let folded = text.to_lowercase();
    let start = folded.find(&wanted)?;
    let end = start + wanted.len();
    if text.is_ascii() {
        return Some(start..end);
    }
    // Lower case may take more or fewer bytes than upper case: walk both.
    let mut range = text.len()..text.len();
    let mut folded_at = 0;
    for (at, character) in text.char_indices() {
        if folded_at <= start {
            range.start = at;
        }
        if folded_at >= end {
            range.end = at;
            break;
        }
        folded_at += folded_len(character);
    }
    Some(range)
}

/// Bytes that `character` takes in lower case.
/// Only the Greek sigma depends on its place, and both its forms take two.
fn folded_len(character: char) -> usize {
    character.to_lowercase().map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_matched_in_any_case() {
        let cases = [
            ("WBILMTESTTRACK", "test", Some("TEST")),
            ("b563feb7", "B563", Some("b563")),
            ("заказ №1", "ЗАКАЗ", Some("заказ")),
            ("x№1", "№", Some("№")),
            ("İabc", "abc", Some("abc")),
            ("aİb", "b", Some("b")),
            ("İ", "i", Some("İ")),
            ("ΟΔΟΣ", "οδος", Some("ΟΔΟΣ")),
            ("abc", "", None),
            ("abc", "d", None),
        ];
        for (text, wanted, expected) in cases {
            let found = find(text, wanted).map(|range| &text[range]);
            assert_eq!(found, expected, "{wanted:?} in {text:?}");
        }
    }
}
