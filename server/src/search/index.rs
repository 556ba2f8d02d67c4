//! The columns, and how they are asked.

use std::{
    collections::{BTreeSet, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
};

use orders::{
    Cursor, Order, OrderUid, RowSeq, Sort,
    search::{Filter, SearchRow, TextField, fold},
};

use super::{
    bitmap::Bitmap,
    chunk::{CHUNK_ROWS, Chunk, Dictionaries, NewRow, Sealed},
    look::Look,
    page::{Collector, Found, Rank, amount_key},
    plan::{Plan, dictionary},
};

/// Old orders that are taken in while everyone else waits, at most.
const OLD_PART: usize = 256;

/// The columns of every order.
#[derive(Debug, Default)]
pub struct SearchIndex {
    rows: RwLock<Rows>,
    count: AtomicUsize,
    is_complete: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By their highest rows, ascending.
    pub(super) sealed: Arc<Vec<Arc<Sealed>>>,
    /// The newest rows.
    pub(super) open: Chunk,
    /// The lowest and the highest row of it.
    open_bounds: Option<(i64, i64)>,
    pub(super) dictionaries: Dictionaries,
    /// Rows whose orders others took the place of.
    pub(super) retired: Arc<BTreeSet<i64>>,
}

/// How far the columns are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Orders in the columns.
    pub rows: usize,
    /// Whether that is every stored order.
    pub is_complete: bool,
}

impl SearchIndex {
    /// How far it is filled.
    pub fn progress(&self) -> Progress {
        Progress {
            rows: self.count.load(Relaxed),
            is_complete: self.is_complete.load(Relaxed),
        }
    }

    /// Notes that every stored order is here.
    pub fn set_complete(&self) {
        self.is_complete.store(true, Relaxed);
    }

    /// Takes in orders that were just stored.
    pub fn append<'a>(&self, rows: impl IntoIterator<Item = (&'a SearchRow, &'a Order)>) {
        let mut here = self.write();
        for (row, order) in rows {
            if !here.has(row.seq) {
                here.push(NewRow { row, order });
                self.count.fetch_add(1, Relaxed);
            }
        }
    }

    /// Takes in an order that may have taken the place of another one with its
    /// uid.
    pub fn replace(&self, order: &Order, row: &SearchRow) {
        self.append([(row, order)]);
        self.retire(&order.order_uid, row.seq);
    }

    /// Takes in a chunk's worth of old orders at once.
    pub(super) fn append_old(&self, orders: &(impl Iterator<Item = (SearchRow, Order)> + Clone)) {
        // Somebody else may take in some of them meanwhile: then without those.
        while !self.try_append_old(orders.clone()) {}
    }

    /// Takes in those of `orders` that are not here, unless one of these came
    /// here meanwhile.
    fn try_append_old(&self, mut orders: impl Iterator<Item = (SearchRow, Order)>) -> bool {
        let mut chunk = Chunk::default();
        // The stream of old orders looks twice at the newest of them.
        let mut seen = HashSet::with_capacity(CHUNK_ROWS);
        loop {
            // A part at a time, so that nobody waits long, and what was read of
            // them does not fill memory.
            let part: Vec<_> = orders.by_ref().take(OLD_PART).collect();
            if part.is_empty() {
                break;
            }
            let mut here = self.write();
            for (row, order) in &part {
                if seen.insert(row.seq) && !here.has(row.seq) {
                    chunk.push(NewRow { row, order }, &mut here.dictionaries);
                }
            }
        }
        let rows = chunk.rows();
        if rows == 0 {
            return true;
        }
        let sealed = Arc::new(Sealed::new(chunk));
        let mut here = self.write();
        if sealed
            .chunk
            .seq
            .iter()
            .any(|&seq| here.has(RowSeq::new(seq)))
        {
            return false;
        }
        here.add_sealed(sealed);
        self.count.fetch_add(rows, Relaxed);
        true
    }

    /// Takes rows of `uid` before `seq` out of every answer.
    fn retire(&self, uid: &OrderUid, seq: RowSeq) {
        let exact = Filter {
            terms: vec![orders::search::FilterTerm {
                is_negated: false,
                test: orders::search::Test::Is(TextField::Uid, fold(uid.as_str())),
            }],
        };
        let found = self.search(&exact, Sort::Arrival, Some(Cursor::before(seq)), 1_000);
        let old = found
            .hits
            .into_iter()
            .filter(|hit| hit.order_uid == *uid)
            .map(|hit| hit.seq.get());
        let mut here = self.write();
        let retired = Arc::make_mut(&mut here.retired);
        let before = retired.len();
        retired.extend(old);
        let gone = retired.len() - before;
        self.count.fetch_sub(gone, Relaxed);
    }

    /// A page of at most `limit` orders that match, in the order of `sort`,
    /// below `cursor`, and how many there are in all.
    pub fn search(
        &self,
        filter: &Filter,
        sort: Sort,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Found {
        let here = self.read();
        let plan = Plan::new(filter, &here.dictionaries);
        let mut collector = Collector::new(sort, cursor, limit);
        if plan.finds_nothing() {
            return collector.found();
        }
        // The open chunk only under the lock; what is sealed stays as it is.
        let mut rows = plan.rows_of(&here.open);
        forget(&here.retired, &here.open, i64::MIN, i64::MAX, &mut rows);
        collector.take(&here.open, &rows);
        let (sealed, retired) = (Arc::clone(&here.sealed), Arc::clone(&here.retired));
        drop(here);
        let look = Look {
            plan: &plan,
            retired: &retired,
        };
        look.through(&sealed, &mut collector);
        let mut found = collector.found();
        if filter.is_empty() {
            found.count = self.count.load(Relaxed);
        }
        found
    }

    /// Values of a field that contain `part`, with the number of orders or
    /// lines that have them, the likeliest first; none for a field whose values
    /// are nearly all different.
    pub fn values(&self, field: TextField, part: &str, limit: usize) -> Vec<(String, u64)> {
        let here = self.read();
        dictionary(field, &here.dictionaries)
            .map(|dictionary| dictionary.values(&fold(part), limit))
            .unwrap_or_default()
    }

    /// Bytes in memory, about.
    pub fn size(&self) -> usize {
        let here = self.read();
        let sealed: usize = here.sealed.iter().map(|sealed| sealed.chunk.size()).sum();
        sealed + here.open.size() + here.dictionaries.size()
    }

    pub(super) fn read(&self) -> std::sync::RwLockReadGuard<'_, Rows> {
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Rows> {
        self.rows.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes retired rows out of `rows`.
pub(super) fn forget(
    retired: &BTreeSet<i64>,
    chunk: &Chunk,
    lowest: i64,
    highest: i64,
    rows: &mut Bitmap,
) {
    if lowest > highest {
        return;
    }
    for seq in retired.range(lowest..=highest) {
        if let Some(row) = chunk.seq.iter().position(|here| here == seq) {
            rows.clear(row);
        }
    }
}

impl Rows {
    /// Whether a row is here.
    fn has(&self, seq: RowSeq) -> bool {
        let seq = seq.get();
        let is_within = |&(lowest, highest): &(i64, i64)| (lowest..=highest).contains(&seq);
        let could_be_open = self.open_bounds.as_ref().is_some_and(is_within);
        (could_be_open && self.open.seq.contains(&seq))
            || self
                .sealed
                .iter()
                .rev()
                .filter(|sealed| (sealed.lowest..=sealed.highest).contains(&seq))
                .any(|sealed| sealed.chunk.seq.contains(&seq))
    }

    fn push(&mut self, new: NewRow<'_>) {
        let seq = new.row.seq.get();
        let (lowest, highest) = self.open_bounds.unwrap_or((seq, seq));
        self.open_bounds = Some((lowest.min(seq), highest.max(seq)));
        self.open.push(new, &mut self.dictionaries);
        if self.open.is_full() {
            self.open_bounds = None;
            let full = std::mem::take(&mut self.open);
            self.add_sealed(Arc::new(Sealed::new(full)));
        }
    }

    fn add_sealed(&mut self, new: Arc<Sealed>) {
        let sealed = Arc::make_mut(&mut self.sealed);
        let at = sealed.partition_point(|other| other.highest < new.highest);
        sealed.insert(at, new);
    }
}

impl Sealed {
    /// Its rows that are meant.
    pub(super) fn rows_of(&self, plan: &Plan<'_>, retired: &BTreeSet<i64>) -> Bitmap {
        let mut rows = plan.rows_of(&self.chunk);
        forget(retired, &self.chunk, self.lowest, self.highest, &mut rows);
        rows
    }

    /// No row of it stands earlier in the list than the first, and none later
    /// than the second.
    pub(super) fn ranks(&self, sort: Sort) -> (Rank, Rank) {
        match sort {
            Sort::Arrival => ((0, self.highest), (0, self.lowest)),
            Sort::Date => ((self.last_date, self.highest), (i64::MIN, i64::MIN)),
            Sort::Amount => (
                (amount_key(self.largest_amount), self.highest),
                (i64::MIN, i64::MIN),
            ),
        }
    }
}

const _: () = assert!(CHUNK_ROWS <= 1 << 16, "rows of a chunk are counted in u16");
