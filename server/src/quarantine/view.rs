//! A message in quarantine as people see it: text and bytes around its fault.

use std::{fmt::Write as _, ops::Range};

use app::desk::{HexRow, Line, Marked, Place, RejectedView};
use orders::QuarantineAction;

use super::place::place;
use crate::store::RejectedMessage;

/// The most bytes that are shown as text: more would cost the browser more
/// elements than anyone reads.
const MAX_TEXT_BYTES: usize = 16 * 1024;

/// The most bytes that are shown in hexadecimal.
const MAX_HEX_BYTES: usize = 2 * 1024;

/// Bytes in a row of hexadecimal.
const ROW: usize = 16;

/// The most bytes that are marked.
const MAX_MARKED_BYTES: usize = 256;

/// Everything that the page of a message shows.
pub fn view(rejected: RejectedMessage, actions: Vec<QuarantineAction>) -> RejectedView {
    let RejectedMessage { summary, message } = rejected;
    let bad =
        place(&message, &summary).map(|bad| bad.start..bad.end.min(bad.start + MAX_MARKED_BYTES));
    let text = window(message.len(), MAX_TEXT_BYTES, bad.as_ref());
    let hex = window(message.len(), MAX_HEX_BYTES, bad.as_ref());
    let nowhere = message.len()..message.len();
    let marked = bad.clone().unwrap_or(nowhere);
    RejectedView {
        place: bad.map(|bad| place_of(&message, bad.start)),
        lines: lines(&message, text.clone(), &marked),
        hex: hex_rows(&message, hex.clone(), &marked),
        is_text_cut: text.len() < message.len(),
        is_hex_cut: hex.len() < message.len(),
        summary,
        actions,
    }
}

/// About `max` of `length` bytes: from the beginning, or around the fault.
fn window(length: usize, max: usize, bad: Option<&Range<usize>>) -> Range<usize> {
    let start = bad
        .filter(|bad| bad.end > max)
        .map_or(0, |bad| bad.start.saturating_sub(max / 2));
    let start = start.min(length.saturating_sub(max)) / ROW * ROW;
    start..length.min(start + max + ROW)
}

fn place_of(message: &[u8], byte: usize) -> Place {
    let before = &message[..byte];
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    Place {
        line: line_number(message, byte),
        column: byte - line_start + 1,
        byte,
    }
}

fn line_number(message: &[u8], byte: usize) -> usize {
    // Pieces between line ends: one more than there are line ends.
    message[..byte].split(|&byte| byte == b'\n').count()
}

fn lines(message: &[u8], window: Range<usize>, bad: &Range<usize>) -> Vec<Line> {
    let mut at = window.start;
    message[window.clone()]
        .split_inclusive(|&byte| byte == b'\n')
        .zip(line_number(message, window.start)..)
        .map(|(line, number)| {
            let range = at..at + line.len();
            at = range.end;
            Line {
                number,
                is_bad: range.contains(&bad.start),
                text: parts(message, range, bad, readable),
            }
        })
        .collect()
}

fn hex_rows(message: &[u8], window: Range<usize>, bad: &Range<usize>) -> Vec<HexRow> {
    let mut at = window.start;
    message[window.clone()]
        .chunks(ROW)
        .map(|row| {
            let range = at..at + row.len();
            at = range.end;
            HexRow {
                at: format!("{:08x}", range.start),
                bytes: parts(message, range.clone(), bad, hexadecimal),
                ascii: parts(message, range, bad, ascii),
            }
        })
        .collect()
}

/// The part `range` of a message, what is at fault apart.
fn parts(
    message: &[u8],
    range: Range<usize>,
    bad: &Range<usize>,
    write: fn(&[u8]) -> String,
) -> Marked {
    let start = bad.start.clamp(range.start, range.end);
    let end = bad.end.clamp(start, range.end);
    Marked {
        before: write(&message[range.start..start]),
        place: write(&message[start..end]),
        after: write(&message[end..range.end]),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x} ").expect("a String takes all text");
        text
    })
}

fn ascii(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|&byte| {
            if byte.is_ascii_graphic() || byte == b' ' {
                char::from(byte)
            } else {
                '·'
            }
        })
        .collect()
}

/// Bytes as text that harms no reader: what is no UTF-8 is written `\xff`, what
/// cannot be seen, or turns the direction of what is seen, `\u{202e}`.
pub(crate) fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if is_plain(character) {
                text.push(character);
            } else {
                text.extend(character.escape_unicode());
            }
        }
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02x}").expect("a String takes all text");
        }
    }
    text
}

fn is_plain(character: char) -> bool {
    matches!(character, '\n' | '\t')
        || !(character.is_control()
            || matches!(
                character,
                '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            ))
}

#[cfg(test)]
mod tests {
    use super::{ROW, lines, readable, window};

    #[test]
    fn nothing_hidden_is_left() {
        assert_eq!(readable(b"a\x1b[2J\xff\n"), "a\\u{1b}[2J\\xff\n");
        assert_eq!(readable("ж\u{202e}".as_bytes()), "ж\\u{202e}");
    }

    #[test]
    fn the_fault_is_in_the_window() {
        for (length, bad) in [
            (100, None),
            (10_000, Some(5_000..5_001)),
            (10_005, Some(10_004..10_005)),
        ] {
            let found = window(length, 1_024, bad.as_ref());
            assert!(
                found.len() <= 1_024 + ROW && found.end <= length,
                "{found:?}"
            );
            if let Some(bad) = bad {
                assert!(
                    found.start <= bad.start && bad.end <= found.end,
                    "{found:?}"
                );
            }
        }
    }

    #[test]
    fn lines_keep_their_numbers_and_bytes() {
        let message = b"one\ntwo\nthree";
        let found = lines(message, 0..message.len(), &(5..6));
        let whole: String = found
            .iter()
            .map(|line| [&*line.text.before, &line.text.place, &line.text.after].concat())
            .collect();
        assert_eq!(whole.as_bytes(), message);
        assert_eq!(found[1].text.place, "w");
        assert_eq!(found.iter().filter(|line| line.is_bad).count(), 1);
        assert_eq!(found[2].number, 3);
    }
}
