//! Tells at a glance that a text is none of a chunk's: a Bloom filter whose
//! bits for one text stand side by side, so that asking costs one look into
//! memory (Putze, Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom
//! Filters", 2007; one bit in each word of a block, as Parquet's filters have
//! them).

use xxhash_rust::xxh3::xxh3_64;

/// The words of a block: 64 bytes, what memory gives at once.
const WORDS: usize = 8;

/// Texts to a block: 16 bits for each. About one text in a thousand that is
/// none of them is taken for one.
const TEXTS_A_BLOCK: usize = 32;

/// What a text may be one of. As long as nothing was put in, any text may be.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    blocks: Box<[[u64; WORDS]]>,
}

impl Sieve {
    /// The sieve of these texts.
    pub(super) fn of<'a>(texts: impl ExactSizeIterator<Item = &'a [u8]>) -> Self {
        let blocks = texts.len().div_ceil(TEXTS_A_BLOCK);
        let mut blocks = vec![[0; WORDS]; blocks].into_boxed_slice();
        for text in texts {
            let (at, bits) = place(text, blocks.len());
            for (word, bit) in blocks[at].iter_mut().zip(bits) {
                *word |= bit;
            }
        }
        Self { blocks }
    }

    /// Whether `text` may be one of them; `false` is certain.
    pub(super) fn may_hold(&self, text: &[u8]) -> bool {
        if self.blocks.is_empty() {
            return true;
        }
        let (at, bits) = place(text, self.blocks.len());
        // Without a branch for each word: a search asks hundreds of chunks, and the
        // next one's memory is fetched while this one's is awaited.
        let words = self.blocks[at].iter().zip(bits);
        words.fold(0, |missing, (word, bit)| missing | (bit & !word)) == 0
    }

    /// Bytes in memory.
    pub(super) const fn size(&self) -> usize {
        self.blocks.len() * size_of::<[u64; WORDS]>()
    }
}

/// The block that a text's bits stand in, and its bit of each word.
fn place(text: &[u8], blocks: usize) -> (usize, [u64; WORDS]) {
    let hash = xxh3_64(text);
    // Six bits of the hash name a word's bit; the sixteen above choose the block.
    let bits = std::array::from_fn(|word| 1 << (hash >> (word * 6) & 63));
    let at = usize::try_from(hash >> 48).unwrap_or_default() % blocks;
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
        assert!(passed < 25, "{passed} of 10,000");
        assert!(Sieve::default().may_hold(b"anything"));
        assert_eq!(sieve.size(), 8 * 1_024);
    }
}
