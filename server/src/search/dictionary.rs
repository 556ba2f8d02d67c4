//! Texts that many rows share, each kept once.

use std::collections::HashMap;

use memchr::memmem::Finder;

/// A text's number in its dictionary.
pub(super) type Code = u32;

/// The texts of a column, numbered as they first came.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    codes: HashMap<Box<str>, Code>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// As it is searched.
    folded: Box<str>,
    /// As it first came, where that differs.
    shown: Option<Box<str>>,
    rows: u64,
}

/// Some of a dictionary's codes.
#[derive(Debug)]
pub(super) struct Codes {
    words: Vec<u64>,
    /// How many there are, and the first.
    count: usize,
    first: Code,
}

impl Codes {
    pub(super) fn has(&self, code: Code) -> bool {
        let code = code as usize;
        self.words
            .get(code / 64)
            .is_some_and(|word| word & (1 << (code % 64)) != 0)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The code, if it is just one.
    pub(super) fn only(&self) -> Option<Code> {
        (self.count == 1).then_some(self.first)
    }
}

impl Dictionary {
    /// The code of a text, a new one if it was not seen before.
    pub(super) fn code(&mut self, folded: &str, shown: &str) -> Code {
        let code = match self.codes.get(folded) {
            Some(&code) => code,
            None => self.add(folded, shown),
        };
        self.entries[code as usize].rows += 1;
        code
    }

    fn add(&mut self, folded: &str, shown: &str) -> Code {
        let code = Code::try_from(self.entries.len())
            .expect("memory ends before four thousand million different texts do");
        self.codes.insert(folded.into(), code);
        self.entries.push(Entry {
            folded: folded.into(),
            shown: (shown != folded).then(|| shown.into()),
            rows: 0,
        });
        code
    }

    /// The codes of the texts in which `finder`'s text stands.
    pub(super) fn containing(&self, finder: &Finder<'_>) -> Codes {
        self.select(|folded| finder.find(folded.as_bytes()).is_some())
    }

    /// The code of this very text, if there is one.
    pub(super) fn equal(&self, text: &str) -> Codes {
        self.select(|folded| folded == text)
    }

    fn select(&self, is_meant: impl Fn(&str) -> bool) -> Codes {
        let mut words = vec![0; self.entries.len().div_ceil(64)];
        let (mut count, mut first) = (0, 0);
        for (code, entry) in (0..).zip(&self.entries) {
            if is_meant(&entry.folded) {
                let at = code as usize;
                words[at / 64] |= 1 << (at % 64);
                if count == 0 {
                    first = code;
                }
                count += 1;
            }
        }
        Codes {
            words,
            count,
            first,
        }
    }

    /// The texts that contain `part`, as they came: those that begin with it
    /// first, and of these the most frequent.
    pub(super) fn values(&self, part: &str, limit: usize) -> Vec<(String, u64)> {
        let mut found: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| !entry.folded.is_empty() && entry.folded.contains(part))
            .collect();
        found.sort_unstable_by_key(|entry| {
            (
                !entry.folded.starts_with(part),
                std::cmp::Reverse(entry.rows),
            )
        });
        found.truncate(limit);
        found
            .into_iter()
            .map(|entry| {
                let text = entry.shown.as_ref().unwrap_or(&entry.folded);
                (text.to_string(), entry.rows)
            })
            .collect()
    }

    /// Bytes in memory, about.
    pub(super) fn size(&self) -> usize {
        let texts: usize = self
            .entries
            .iter()
            .map(|entry| entry.folded.len() * 2 + entry.shown.as_ref().map_or(0, |text| text.len()))
            .sum();
        texts
            + self.entries.capacity() * size_of::<Entry>()
            + self.codes.capacity() * size_of::<(Box<str>, Code)>()
    }
}

#[cfg(test)]
mod tests {
    use memchr::memmem::Finder;

    use super::Dictionary;

    #[test]
    fn a_text_is_kept_once_and_found_by_its_parts() {
        let mut dictionary = Dictionary::default();
        let moscow = dictionary.code("moscow", "Moscow");
        let new_moscow = dictionary.code("new moscow", "New Moscow");
        let kazan = dictionary.code("kazan", "Kazan");
        assert_eq!(dictionary.code("moscow", "MOSCOW"), moscow);
        let found = dictionary.containing(&Finder::new("moscow"));
        assert!(found.has(moscow) && found.has(new_moscow) && !found.has(kazan));
        assert!(!found.has(4_000));
        let exact = dictionary.equal("moscow");
        assert!(exact.has(moscow) && !exact.has(new_moscow));
        assert!(dictionary.equal("omsk").is_empty());
        let values = dictionary.values("m", 5);
        assert_eq!(
            values,
            [("Moscow".to_owned(), 2), ("New Moscow".to_owned(), 1)]
        );
    }
}
