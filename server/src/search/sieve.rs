//! Tells at a glance that a text is none of a chunk's: a Bloom filter whose
//! bits for one text stand in one word, so that asking costs one look into
//! memory (Putze, Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom
//! Filters", 2007).

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Texts to a word of 64 bits. About one text in a hundred that is none of them
/// is taken for one.
const TEXTS_A_WORD: usize = 4;

/// Bits that a text sets.
const BITS: u32 = 4;

/// What a text may be one of. As long as nothing was put in, any text may be.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    words: Box<[u64]>,
}

impl Sieve {
    /// The sieve of these texts.
    pub(super) fn of<'a>(texts: impl ExactSizeIterator<Item = &'a [u8]>) -> Self {
        let words = texts.len().div_ceil(TEXTS_A_WORD);
        let mut words = vec![0; words].into_boxed_slice();
        for text in texts {
            let (at, bits) = place(text, words.len());
            words[at] |= bits;
        }
        Self { words }
    }

    /// Whether `text` may be one of them; `false` is certain.
    pub(super) fn may_hold(&self, text: &[u8]) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let (at, bits) = place(text, self.words.len());
        self.words[at] & bits == bits
    }

    /// Bytes in memory.
    pub(super) const fn size(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }
}

/// The word that a text's bits stand in, and the bits.
fn place(text: &[u8], words: usize) -> (usize, u64) {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let hash = hasher.finish();
    let bits = (0..BITS).fold(0, |bits, index| bits | 1 << (hash >> (index * 6) & 63));
    // The upper half chooses the word; the bits come from the lower one.
    let at = usize::try_from(hash >> 32).unwrap_or_default() % words;
    (at, bits)
}

#[cfg(test)]
mod tests {
    use super::Sieve;

    #[test]
    fn what_was_put_in_passes_and_little_else() {
        let texts: Vec<String> = (0..4_096).map(|number| format!("wbil{number}")).collect();
        let sieve = Sieve::of(texts.iter().map(String::as_bytes));
        assert!(texts.iter().all(|text| sieve.may_hold(text.as_bytes())));
        let others = (0..10_000).filter(|number| sieve.may_hold(format!("x{number}").as_bytes()));
        let passed = others.count();
        assert!(passed < 250, "{passed} of 10,000");
        assert!(Sieve::default().may_hold(b"anything"));
        assert_eq!(sieve.size(), 8 * 1_024);
    }
}
