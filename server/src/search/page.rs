//! Collects one page of what is found, and how many there are.

use std::{cmp::Reverse, collections::BinaryHeap};

use orders::{Cursor, OrderUid, RowSeq, Sort, search::SearchRow};

use super::{bitmap::Bitmap, chunk::Chunk};

/// Up to so many orders are counted exactly.
pub const MAX_EXACT_COUNT: usize = 10_000;

/// An order that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its row.
    pub seq: RowSeq,
    /// Its uid.
    pub order_uid: OrderUid,
    /// What it stands in the list by.
    pub cursor: Cursor,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// One page, in the order of the list.
    pub hits: Vec<Hit>,
    /// How many there are on all pages; [`MAX_EXACT_COUNT`] + 1 for more than
    /// [`MAX_EXACT_COUNT`].
    pub count: usize,
    /// Whether another page follows.
    pub has_more: bool,
}

/// Where a row stands in the list: the larger, the earlier.
pub(super) type Rank = (i64, i64);

/// Where an order stands in a list, whether or not the list holds it.
pub fn place(sort: Sort, row: &SearchRow) -> Cursor {
    let key = match sort {
        Sort::Arrival => 0,
        Sort::Date => row.date,
        Sort::Amount => amount_key(row.amount),
    };
    Cursor::below(sort, key, row.seq)
}

/// A row's place in the list.
pub(super) fn rank(sort: Sort, chunk: &Chunk, row: usize) -> Rank {
    let key = match sort {
        Sort::Arrival => 0,
        Sort::Date => chunk.date[row],
        Sort::Amount => amount_key(chunk.amount[row]),
    };
    (key, chunk.seq[row])
}

/// A number that is larger where the amount is; no amount is below every other.
/// IEEE 754, section 5.10: the bits of numbers of one sign are in their order.
pub(super) fn amount_key(amount: f64) -> i64 {
    if amount.is_nan() {
        return i64::MIN;
    }
    let bits = (amount + 0.0).to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// Collects one page, and counts.
#[derive(Clone)]
pub(super) struct Collector {
    sort: Sort,
    limit: usize,
    /// The page is what stands below.
    below: Option<Rank>,
    /// The best so far, the last of the page on top; one more than a page.
    best: BinaryHeap<Reverse<(Rank, Option<OrderUid>)>>,
    /// What is not above this has no place on the page: others filled it.
    above: Option<Rank>,
    count: usize,
}

impl Collector {
    pub(super) fn new(sort: Sort, cursor: Option<Cursor>, limit: usize) -> Self {
        Self {
            sort,
            limit,
            below: cursor.map(|cursor| (cursor.key(), cursor.seq().get())),
            best: BinaryHeap::with_capacity(limit + 2),
            above: None,
            count: 0,
        }
    }

    /// Whether enough were counted.
    pub(super) const fn has_counted(&self) -> bool {
        self.count > MAX_EXACT_COUNT
    }

    /// An empty one for other rows of the same search, whose page is merged with
    /// this one's.
    pub(super) fn helper(&self) -> Self {
        Self {
            best: BinaryHeap::with_capacity(self.limit + 2),
            above: self.last_of_page(),
            count: 0,
            ..*self
        }
    }

    /// Takes in what a helper has found.
    pub(super) fn merge(&mut self, helper: Self) {
        self.count += helper.count;
        for one in helper.best {
            self.best.push(one);
            if self.best.len() > self.limit + 1 {
                self.best.pop();
            }
        }
    }

    pub(super) const fn sort(&self) -> Sort {
        self.sort
    }

    /// How many rows were counted.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// The rank of the last row, once there are enough for a page.
    fn last_of_page(&self) -> Option<Rank> {
        self.best
            .peek()
            .filter(|_| self.best.len() > self.limit)
            .map(|Reverse((last, _))| *last)
    }

    /// Whether a row of rank `best` or below could still come onto the page.
    pub(super) fn wants(&self, best: Rank) -> bool {
        self.last_of_page()
            .max(self.above)
            .is_none_or(|last| best > last)
    }

    /// Whether the page could hold a row of rank `worst` or above.
    pub(super) fn reaches(&self, worst: Rank) -> bool {
        self.below.is_none_or(|below| worst < below)
    }

    /// Takes the rows of a chunk in.
    pub(super) fn take(&mut self, chunk: &Chunk, rows: &Bitmap) {
        self.count += rows.count();
        for row in rows.rows() {
            let rank = rank(self.sort, chunk, row);
            if self.below.is_none_or(|below| rank < below) && self.wants(rank) {
                self.best.push(Reverse((rank, chunk.order_uid(row))));
                if self.best.len() > self.limit + 1 {
                    self.best.pop();
                }
            }
        }
    }

    pub(super) fn found(self) -> Found {
        let has_more = self.best.len() > self.limit;
        let mut hits: Vec<Hit> = self
            .best
            .into_sorted_vec()
            .into_iter()
            .take(self.limit)
            .filter_map(|Reverse(((key, seq), order_uid))| {
                let seq = RowSeq::new(seq);
                Some(Hit {
                    seq,
                    order_uid: order_uid?,
                    cursor: Cursor::below(self.sort, key, seq),
                })
            })
            .collect();
        hits.truncate(self.limit);
        Found {
            hits,
            count: self.count.min(MAX_EXACT_COUNT + 1),
            has_more,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::amount_key;

    #[test]
    fn keys_are_in_the_order_of_amounts() {
        let amounts = [f64::NAN, -1.5, 0.0, 0.1, 1.0, 317.5, 1e15, 1e64];
        let keys = amounts.map(amount_key);
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(amount_key(0.0), amount_key(-0.0));
    }
}
