//! Tells without looking through a chunk's texts that another text stands in
//! none of them: by which of its parts occur at all.

/// The length of a part, in bytes: three letters of Cyrillic stand in as many,
/// and of two letters nearly every pair occurs somewhere.
const PART: usize = 5;

/// Bits that parts are thrown onto; a power of two.
const BITS: usize = 1 << 15;

/// With more bits set, in percent, too little is told apart: random letters.
const MAX_SET_PERCENT: usize = 60;

/// The parts that occur. As long as nothing was put in, any may.
#[derive(Debug, Default)]
pub(super) struct Parts {
    words: Box<[u64]>,
}

impl Parts {
    /// The parts of some texts that stand one behind the other.
    pub(super) fn of(texts: &[u8]) -> Self {
        let mut words = vec![0_u64; BITS / 64].into_boxed_slice();
        for part in texts.windows(PART) {
            let bit = bit(part);
            words[bit / 64] |= 1 << (bit % 64);
        }
        let set: usize = words.iter().map(|word| word.count_ones() as usize).sum();
        if set * 100 > BITS * MAX_SET_PERCENT {
            return Self::default();
        }
        Self { words }
    }

    /// Whether `text` may stand in one of them; `false` is certain.
    pub(super) fn may_hold(&self, text: &[u8]) -> bool {
        self.words.is_empty()
            || text.windows(PART).all(|part| {
                let bit = bit(part);
                self.words[bit / 64] & (1 << (bit % 64)) != 0
            })
    }

    /// Bytes in memory.
    pub(super) const fn size(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }
}

/// The bit of a part: Fibonacci hashing (Knuth, "The Art of Computer
/// Programming", 6.4).
fn bit(part: &[u8]) -> usize {
    let number = part
        .iter()
        .fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    let hash = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(hash >> (64 - BITS.trailing_zeros())).expect("15 bits")
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn what_stands_there_passes_and_little_else() {
        let parts = Parts::of("анна каренина\0алексей вронский\0leo tolstoy\0".as_bytes());
        for text in ["анна", "каренина", "вронск", "tolst", "leo", "", "о"] {
            assert!(parts.may_hold(text.as_bytes()), "{text}");
        }
        for text in ["москва", "каренин алексей", "moscow", "tolstoi"] {
            assert!(!parts.may_hold(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn too_many_different_parts_are_not_told_apart() {
        let random: Vec<u8> = (0..50_000_u64)
            .flat_map(|number| number.wrapping_mul(0x2545_f491_4f6c_dd1d).to_le_bytes())
            .collect();
        let parts = Parts::of(&random);
        assert_eq!(parts.size(), 0);
        assert!(parts.may_hold("moscow".as_bytes()));
        assert!(Parts::default().may_hold(b"anything"));
    }
}
