//! Tells without looking through the columns that a value was seen but once:
//! most orders share neither their customer nor their track number with another.
//!
//! Two Bloom filters: values that were seen, and those that were seen again. A
//! text's bits stand in one word (Putze, Sanders, Singler: "Cache-, Hash- and
//! Space-Efficient Bloom Filters", 2007). Filters cannot grow, so there are more
//! and more of them, each twice as large as the one before (Almeida, Baquero,
//! Preguiça, Hutchison: "Scalable Bloom Filters", 2007).

use xxhash_rust::xxh3::xxh3_64;

/// Values that the first layer has room for.
const FIRST_LAYER: usize = 1 << 16;

/// Values to a word of 64 bits: about one in twenty that was seen once is taken
/// for one that was seen again, and costs a look.
const VALUES_A_WORD: usize = 8;

/// Bits that a value sets.
const BITS: u32 = 3;

/// Values, by whether they were seen again.
#[derive(Debug, Default)]
pub(super) struct SharedValues {
    layers: Vec<Layer>,
    /// Values for which the last layer still has room.
    room: usize,
}

#[derive(Debug)]
struct Layer {
    seen: Box<[u64]>,
    again: Box<[u64]>,
}

impl SharedValues {
    /// Notes that a row has `value`.
    pub(super) fn add(&mut self, value: &str) {
        let hash = xxh3_64(value.as_bytes());
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.has_seen(hash)) {
            layer.see_again(hash);
            return;
        }
        if self.room == 0 {
            self.room = FIRST_LAYER << self.layers.len();
            self.layers.push(Layer::new(self.room));
        }
        self.room -= 1;
        if let Some(layer) = self.layers.last_mut() {
            layer.see(hash);
        }
    }

    /// Whether more than one row may have `value`; `false` is certain.
    pub(super) fn may_have_two(&self, value: &str) -> bool {
        let hash = xxh3_64(value.as_bytes());
        self.layers.iter().any(|layer| layer.has_seen_again(hash))
    }

    /// Bytes in memory.
    pub(super) fn size(&self) -> usize {
        let words: usize = self.layers.iter().map(|layer| layer.seen.len()).sum();
        words * 2 * size_of::<u64>()
    }
}

impl Layer {
    fn new(values: usize) -> Self {
        let empty = || vec![0; values / VALUES_A_WORD].into_boxed_slice();
        Self {
            seen: empty(),
            again: empty(),
        }
    }

    fn see(&mut self, hash: u64) {
        let (at, bits) = self.place(hash);
        self.seen[at] |= bits;
    }

    fn see_again(&mut self, hash: u64) {
        let (at, bits) = self.place(hash);
        self.again[at] |= bits;
    }

    fn has_seen(&self, hash: u64) -> bool {
        let (at, bits) = self.place(hash);
        self.seen[at] & bits == bits
    }

    fn has_seen_again(&self, hash: u64) -> bool {
        let (at, bits) = self.place(hash);
        self.again[at] & bits == bits
    }

    /// The word that a value's bits stand in, and the bits.
    fn place(&self, hash: u64) -> (usize, u64) {
        let bits = (0..BITS).fold(0, |bits, index| bits | 1 << (hash >> (index * 6) & 63));
        // The upper half chooses the word; the bits come from the lower one.
        let at = usize::try_from(hash >> 32).unwrap_or_default() % self.seen.len();
        (at, bits)
    }
}

#[cfg(test)]
mod tests {
    use super::SharedValues;

    #[test]
    fn values_that_came_twice_are_known_and_few_others() {
        const VALUES: usize = 300_000;
        let value = |number: usize| format!("customer{number}");
        let mut values = SharedValues::default();
        assert!(!values.may_have_two("customer1"));
        for number in 0..VALUES {
            values.add(&value(number));
        }
        for number in (0..VALUES).step_by(1_000) {
            values.add(&value(number));
        }
        let (twice, once): (Vec<_>, Vec<_>) =
            (0..VALUES).partition(|number| number.is_multiple_of(1_000));
        assert!(
            twice
                .into_iter()
                .all(|number| values.may_have_two(&value(number)))
        );
        let wrong = once
            .iter()
            .filter(|&&number| values.may_have_two(&value(number)));
        let wrong = wrong.count();
        assert!(wrong < VALUES / 10, "{wrong} of {VALUES}");
        assert!(values.size() < VALUES * 4, "{} bytes", values.size());
    }
}
