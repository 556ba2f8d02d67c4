//! Folding: texts that people take for the same become the same.

use unicode_normalization::UnicodeNormalization as _;

/// The breve of `й`: taken away, it would leave another letter.
const BREVE: char = '\u{306}';

/// `text` in lower case, without accents, with white space as single spaces
/// and without any at its ends.
///
/// Compatible forms count as the same (`ﬁ` and `fi`, full-width digits); `ё` is
/// `е`, but `й` stays itself.
/// Unicode Standard Annex #15 (normalisation form KD), and the default lower
/// case of its core specification, chapter 3.13.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        push(&mut folded, letter);
    }
    trim_end(&mut folded);
    folded
}

/// What [`fold`] makes of `text`, and where in `text` each of its letters
/// begins: pairs of byte positions, folded and original, ascending.
pub(super) fn fold_with_places(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let before = folded.len();
        push(&mut folded, letter);
        if folded.len() > before {
            places.push((before, at));
        }
    }
    trim_end(&mut folded);
    (folded, places)
}

/// The lower case of a letter or digit that is only that: most are, and need no
/// tables.
const fn plain(letter: char) -> Option<char> {
    match letter {
        'a'..='z' | '0'..='9' | 'а'..='и' | 'к'..='я' => Some(letter),
        'A'..='Z' => Some(letter.to_ascii_lowercase()),
        'А'..='И' | 'К'..='Я' => char::from_u32(letter as u32 + 0x20),
        _ => None,
    }
}

/// Accents of Latin, Greek and Cyrillic letters (Unicode block Combining
/// Diacritical Marks). Signs of other scripts are letters of their own.
const ACCENTS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

fn push(folded: &mut String, letter: char) {
    if let Some(same) = plain(letter) {
        folded.push(same);
        return;
    }
    // Lower case may bring accents (`İ`), and decomposing capitals (`℡`).
    let parts = std::iter::once(letter)
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd();
    for part in parts {
        if part == BREVE && folded.ends_with('и') {
            folded.pop();
            folded.push('й');
        } else if ACCENTS.contains(&part) || is_unseen(part) {
        } else if part.is_whitespace() || part.is_control() {
            push_space(folded);
        } else if part == 'ς' {
            // The same letter, at the end of a word.
            folded.push('σ');
        } else {
            folded.push(part);
        }
    }
}

fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_whitespace() || byte.is_ascii_control() {
            push_space(&mut folded);
        } else {
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    trim_end(&mut folded);
    folded
}

fn push_space(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn trim_end(folded: &mut String) {
    folded.truncate(folded.trim_end().len());
}

/// Marks that have no width: the soft hyphen, joiners, directions.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::fold;

    #[test]
    fn the_short_way_and_the_long_one_agree() {
        for letter in '\0'..='\u{500}' {
            let Some(short) = super::plain(letter) else {
                continue;
            };
            let long: String = std::iter::once(letter)
                .nfkd()
                .flat_map(char::to_lowercase)
                .nfkd()
                .collect();
            assert_eq!(short.to_string(), long);
        }
    }

    #[test]
    fn what_people_take_for_the_same_becomes_the_same() {
        let cases = [
            ("Première", "premiere"),
            ("МОСКВА", "москва"),
            ("Ёлка", "елка"),
            ("Йод", "йод"),
            ("и\u{306}од", "йод"),
            ("  Anna \t Petrosyan ", "anna petrosyan"),
            ("Straße", "straße"),
            ("İstanbul", "istanbul"),
            ("ﬁn", "fin"),
            ("１２３", "123"),
            ("ΟΔΟΣ", "οδοσ"),
            ("a\u{200b}b\u{202e}c", "abc"),
            ("a\u{85}b", "a b"),
            ("", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }
}
