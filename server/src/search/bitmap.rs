//! Which rows of a chunk are meant.

use super::chunk::CHUNK_ROWS;

const WORDS: usize = CHUNK_ROWS / 64;

/// One bit a row.
#[derive(Clone, Debug)]
pub(super) struct Bitmap {
    words: [u64; WORDS],
}

impl Bitmap {
    /// No row.
    pub(super) const fn empty() -> Self {
        Self { words: [0; WORDS] }
    }

    /// The first `rows` rows.
    pub(super) fn first(rows: usize) -> Self {
        let mut bitmap = Self::empty();
        bitmap.words[..rows / 64].fill(u64::MAX);
        if !rows.is_multiple_of(64) {
            bitmap.words[rows / 64] = (1 << (rows % 64)) - 1;
        }
        bitmap
    }

    pub(super) const fn set(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
    }

    pub(super) const fn clear(&mut self, row: usize) {
        self.words[row / 64] &= !(1 << (row % 64));
    }

    pub(super) const fn has(&self, row: usize) -> bool {
        self.words[row / 64] & (1 << (row % 64)) != 0
    }

    pub(super) fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Adds those of `candidates` whose value in `column` is meant. Where many
    /// of 64 rows are candidates, all of them are tested, without a branch.
    pub(super) fn add_where<T: Copy>(
        &mut self,
        candidates: &Self,
        column: &[T],
        is_meant: impl Fn(T) -> bool,
    ) {
        const MANY: u32 = 16;
        for (index, values) in column.chunks(64).enumerate() {
            let candidates = candidates.words[index];
            match <&[T; 64]>::try_from(values) {
                Ok(values) if candidates.count_ones() >= MANY => {
                    self.words[index] |= pack(values.map(&is_meant)) & candidates;
                }
                _ => {
                    for bit in bits(candidates) {
                        self.words[index] |= u64::from(is_meant(values[bit])) << bit;
                    }
                }
            }
        }
    }

    /// Adds those of `candidates` for which `holds` is true.
    pub(super) fn add_rows(&mut self, candidates: &Self, holds: impl Fn(usize) -> bool) {
        for row in candidates.rows() {
            if holds(row) {
                self.set(row);
            }
        }
    }

    pub(super) fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(super) fn and_not(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// The rows, ascending.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(index, &word)| bits(word).map(move |bit| index * 64 + bit))
    }
}

/// The places of those values that are meant, ascending: 64 of them are tested
/// without a branch.
pub(super) fn meant<T: Copy>(
    values: &[T],
    is_meant: impl Fn(T) -> bool,
) -> impl Iterator<Item = usize> {
    values
        .chunks(64)
        .enumerate()
        .flat_map(move |(index, values)| {
            let word = match <&[T; 64]>::try_from(values) {
                Ok(values) => pack(values.map(&is_meant)),
                Err(_) => (0..).zip(values).fold(0, |word, (bit, &value)| {
                    word | u64::from(is_meant(value)) << bit
                }),
            };
            bits(word).map(move |bit| index * 64 + bit)
        })
}

/// The bits that are set, ascending.
fn bits(word: u64) -> impl Iterator<Item = usize> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let bit = rest.trailing_zeros() as usize;
        (rest != 0).then(|| {
            rest &= rest - 1;
            bit
        })
    })
}

/// One bit for each, the first one lowest. Eight at a time: the factor moves
/// each byte's lowest bit to its place in the highest byte.
fn pack(are_meant: [bool; 64]) -> u64 {
    const TO_HIGHEST_BYTE: u64 = 0x0102_0408_1020_4080;
    let mut word = 0;
    for (index, eight) in are_meant.chunks_exact(8).enumerate() {
        let mut bytes = [0; 8];
        for (byte, &is_meant) in bytes.iter_mut().zip(eight) {
            *byte = u8::from(is_meant);
        }
        let packed = u64::from_le_bytes(bytes).wrapping_mul(TO_HIGHEST_BYTE) >> 56;
        word |= packed << (index * 8);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{Bitmap, meant, pack};

    #[test]
    fn values_are_tested_by_the_dozen_and_one_by_one() {
        let values: Vec<usize> = (0..4_000).collect();
        let is_meant = |value: usize| value % 7 == 3 || value > 3_900;
        let expected: Vec<_> = values.iter().copied().filter(|&v| is_meant(v)).collect();
        let mut found = Bitmap::empty();
        found.add_where(&Bitmap::first(4_000), &values, is_meant);
        assert_eq!(found.rows().collect::<Vec<_>>(), expected);
        let mut one_by_one = Bitmap::empty();
        one_by_one.add_rows(&Bitmap::first(4_000), |row| is_meant(values[row]));
        assert_eq!(one_by_one.rows().collect::<Vec<_>>(), expected);
        let mut few = Bitmap::empty();
        few.set(3);
        few.set(4);
        few.set(3_950);
        let mut found = Bitmap::empty();
        found.add_where(&few, &values, is_meant);
        assert_eq!(found.rows().collect::<Vec<_>>(), [3, 3_950]);
        let places: Vec<_> = meant(&values[..3_990], is_meant).collect();
        assert_eq!(places, expected[..expected.len() - 10]);
        let mut alternating = [false; 64];
        alternating.iter_mut().step_by(3).for_each(|it| *it = true);
        let word = pack(alternating);
        assert!((0..64).all(|bit| (word >> bit & 1 == 1) == (bit % 3 == 0)));
    }

    #[test]
    fn bits_are_rows() {
        let mut bitmap = Bitmap::first(130);
        assert_eq!((bitmap.count(), bitmap.rows().last()), (130, Some(129)));
        bitmap.clear(129);
        bitmap.and_not(&Bitmap::first(128));
        assert_eq!(bitmap.rows().collect::<Vec<_>>(), [128]);
        assert!(bitmap.has(128) && !bitmap.has(129));
        bitmap.and(&Bitmap::first(64));
        assert!(bitmap.is_empty());
        bitmap.set(4_095);
        assert_eq!(bitmap.rows().collect::<Vec<_>>(), [4_095]);
        assert_eq!(Bitmap::first(4_096).count(), 4_096);
    }
}
