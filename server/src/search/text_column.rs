//! A text for each row, all in one buffer, so that one pass looks through all.

use memchr::memmem::Finder;

use super::{bitmap::Bitmap, parts::Parts, sieve::Sieve};

/// What stands between two texts. No text that is searched, or looked for,
/// holds it.
const END: u8 = 0;

/// Below so many candidates each is looked at by itself.
const FEW: usize = 400;

/// Moves what `vec` holds to a place of its very size. To shrink it where it
/// stands is up to the allocator, which leaves up to half of it empty.
pub(super) fn fit<T: Clone>(vec: &mut Vec<T>) {
    *vec = vec.as_slice().to_vec();
}

/// The texts of a chunk's rows.
#[derive(Debug, Default)]
pub(super) struct TextColumn {
    bytes: Vec<u8>,
    /// Where each text ends; behind it stands [`END`].
    ends: Vec<u32>,
    /// The bytes that occur, one bit each: a text with another byte stands
    /// nowhere. Names hold no digits, phone numbers no letters.
    occurring: [u64; 4],
    /// Which texts there may be, and which parts of them, once no more come.
    sieve: Sieve,
    parts: Parts,
}

impl TextColumn {
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        for byte in text.bytes() {
            self.occurring[usize::from(byte / 64)] |= 1 << (byte % 64);
        }
        let end = u32::try_from(self.bytes.len())
            .expect("texts are cut to some hundred bytes, and a chunk has 4,096 rows");
        self.ends.push(end);
        self.bytes.push(END);
    }

    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> &[u8] {
        let start = match row.checked_sub(1) {
            Some(before) => self.ends[before] as usize + 1,
            None => 0,
        };
        &self.bytes[start..self.ends[row] as usize]
    }

    /// Adds those of `candidates` in which `finder`'s text stands to `found`.
    pub(super) fn find(&self, finder: &Finder<'_>, candidates: &Bitmap, found: &mut Bitmap) {
        if !self.could_hold(finder.needle()) {
            return;
        }
        if candidates.count() < FEW {
            for row in candidates.rows() {
                if finder.find(self.get(row)).is_some() {
                    found.set(row);
                }
            }
            return;
        }
        let mut row = 0;
        let mut from = 0;
        while let Some(at) = finder.find(&self.bytes[from..]) {
            let at = from + at;
            row += self.ends[row..].partition_point(|&end| (end as usize) < at);
            if row == self.ends.len() {
                return;
            }
            if candidates.has(row) {
                found.set(row);
            }
            from = self.ends[row] as usize + 1;
            row += 1;
        }
    }

    /// Whether `text` may stand in one of the texts; `false` is certain.
    pub(super) fn could_hold(&self, text: &[u8]) -> bool {
        text.iter()
            .all(|byte| self.occurring[usize::from(byte / 64)] & (1 << (byte % 64)) != 0)
            && self.parts.may_hold(text)
    }

    /// Whether one of the texts may be `text`; `false` is certain.
    pub(super) fn could_be(&self, text: &str) -> bool {
        self.sieve.may_hold(text.as_bytes())
    }

    /// Adds those of `candidates` that are `text` to `found`.
    pub(super) fn equal(&self, text: &str, candidates: &Bitmap, found: &mut Bitmap) {
        if !self.could_be(text) {
            return;
        }
        if text.is_empty() || candidates.count() < FEW {
            for row in candidates.rows() {
                if self.get(row) == text.as_bytes() {
                    found.set(row);
                }
            }
            return;
        }
        // With the ends of the texts: looking for a text as a whole is one pass.
        let mut whole = Vec::with_capacity(text.len() + 2);
        whole.push(END);
        whole.extend_from_slice(text.as_bytes());
        whole.push(END);
        if self.bytes.starts_with(&whole[1..]) && candidates.has(0) {
            found.set(0);
        }
        let finder = Finder::new(&whole);
        let mut from = 0;
        while let Some(at) = finder.find(&self.bytes[from..]) {
            let before = from + at;
            let row = self.ends.partition_point(|&end| end as usize <= before);
            if candidates.has(row) {
                found.set(row);
            }
            // The end of this one stands before the next.
            from = before + whole.len() - 1;
        }
    }

    /// Notes that no more rows come.
    pub(super) fn seal(&mut self) {
        self.sieve = Sieve::of((0..self.ends.len()).map(|row| self.get(row)));
        self.parts = Parts::of(&self.bytes);
        fit(&mut self.bytes);
        fit(&mut self.ends);
    }

    /// Bytes in memory.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity()
            + self.ends.capacity() * size_of::<u32>()
            + self.sieve.size()
            + self.parts.size()
    }
}

#[cfg(test)]
mod tests {
    use memchr::memmem::Finder;

    use super::{Bitmap, TextColumn};

    fn found(column: &TextColumn, text: &str, candidates: &Bitmap) -> Vec<usize> {
        let mut found = Bitmap::empty();
        column.find(&Finder::new(text), candidates, &mut found);
        found.rows().collect()
    }

    #[test]
    fn a_text_is_found_in_its_row_only() {
        let mut column = TextColumn::default();
        for text in ["", "anna", "nanna", "", "an", "na"] {
            column.push(text);
        }
        let all = Bitmap::first(6);
        assert_eq!(found(&column, "an", &all), [1, 2, 4]);
        assert_eq!(found(&column, "na", &all), [1, 2, 5]);
        assert_eq!(found(&column, "annana", &all), [0; 0]);
        assert_eq!(found(&column, "", &all), [0, 1, 2, 3, 4, 5]);
        assert_eq!(column.get(2), b"nanna");
    }

    #[test]
    fn a_whole_text_is_found_in_every_row_that_has_it() {
        let mut column = TextColumn::default();
        for number in 0..4_096 {
            column.push(&(number % 1_000).to_string());
        }
        let equal = |column: &TextColumn, text: &str, candidates: &Bitmap| {
            let mut found = Bitmap::empty();
            column.equal(text, candidates, &mut found);
            found.rows().collect::<Vec<_>>()
        };
        let all = Bitmap::first(4_096);
        let rows = |first: usize| (first..4_096).step_by(1_000).collect::<Vec<_>>();
        for _ in 0..2 {
            assert_eq!(equal(&column, "0", &all), rows(0));
            assert_eq!(equal(&column, "40", &all), rows(40));
            assert_eq!(equal(&column, "95", &Bitmap::first(4_095)), rows(95)[..4]);
            assert_eq!(equal(&column, "95", &Bitmap::first(200)), [95]);
            assert!(equal(&column, "1000", &all).is_empty());
            assert!(equal(&column, "", &all).is_empty());
            column.seal();
        }
        // Neighbours that are the same share the end between them.
        let mut same = TextColumn::default();
        for _ in 0..1_000 {
            same.push("x");
        }
        assert_eq!(equal(&same, "x", &Bitmap::first(1_000)).len(), 1_000);
    }

    #[test]
    fn many_candidates_are_looked_through_in_one_pass() {
        let mut column = TextColumn::default();
        for number in 0..4_096 {
            column.push(&number.to_string());
        }
        let all = Bitmap::first(4_096);
        let expected: Vec<_> = (0..4_096)
            .filter(|n| n.to_string().contains("40"))
            .collect();
        assert_eq!(found(&column, "40", &all), expected);
        assert_eq!(found(&column, "", &all).len(), 4_096);
        let mut few = Bitmap::empty();
        few.set(140);
        few.set(141);
        few.set(402);
        assert_eq!(found(&column, "40", &few), [140, 402]);
        assert_eq!(found(&column, "40", &Bitmap::first(403)).last(), Some(&402));
    }
}
