//! The map from uid to order.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        },
    },
};

use bytes::Bytes;
use compact_str::CompactString;
use orders::{OrderUid, RowSeq};
use papaya::{Compute, HashMap, Operation, ResizeMode};

use super::{
    CachedDocument, CachedOrder,
    kept::{Channels, Kept},
    pages::Pages,
};
use crate::store::{Epoch, StoredOrder};

/// Stored orders by uid, over `papaya`: reads never wait, neither for each
/// other nor for writes.
///
/// Only what is committed is ever put in, so a reader sees an order whole or not
/// at all; once it was seen it stays, unless a capacity is set. Of two orders
/// with one uid, which is an operator's decision between two messages, the one
/// with the later row stays, in whatever order they are put in. While the cache
/// is being warmed, an order may be missing that is in the store;
/// [`Cache::is_complete`] says when that is over. After another instance wrote
/// to the same database it has to be filled up.
#[derive(Debug)]
pub struct Cache {
    /// Uids of up to 24 bytes stand in the map itself: a reader has one place less
    /// in memory to wait for.
    orders: HashMap<CompactString, Kept>,
    entries: AtomicU64,
    bytes: AtomicU64,
    /// The [`Epoch`] for which every stored order is here; 0: for none.
    complete: AtomicU64,
    bound: Option<Bound>,
    channels: Channels,
    pages: Mutex<Pages>,
}

/// A capacity, and the order in which entries came, which is the order in which
/// they leave: what was asked for last is not kept longer.
#[derive(Debug)]
struct Bound {
    capacity_bytes: u64,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    arrivals: VecDeque<OrderUid>,
    /// The row that took the place of an earlier one: whoever read the earlier
    /// one before may still want to put it in, after the later has left.
    replaced: std::collections::HashMap<OrderUid, RowSeq>,
}

/// What became of an order that was put in, and its document as it is kept.
enum Put {
    /// There was none with its uid.
    New(Bytes),
    /// It took the place of an earlier row.
    Replaced(Bytes),
    /// A later row is here, or the same.
    Refused,
}

impl Put {
    fn document(self) -> Option<Bytes> {
        match self {
            Self::New(document) | Self::Replaced(document) => Some(document),
            Self::Refused => None,
        }
    }
}

impl Cache {
    /// An empty cache that holds at most `capacity_bytes` of documents; `None`
    /// for all there are.
    pub fn new(capacity_bytes: Option<u64>) -> Self {
        Self {
            // Reads never wait, and find one table: while one grows little by
            // little, as others do it, they look into two.
            orders: HashMap::builder().resize_mode(ResizeMode::Blocking).build(),
            entries: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            complete: AtomicU64::new(0),
            bound: capacity_bytes.map(|capacity_bytes| Bound {
                capacity_bytes,
                book: Mutex::default(),
            }),
            channels: Channels::default(),
            pages: Mutex::default(),
        }
    }

    /// The order with this uid, if it is here.
    pub fn get(&self, uid: &str) -> Option<CachedOrder> {
        self.orders
            .pin()
            .get(uid)
            .map(|kept| kept.order(&self.channels))
    }

    /// The document of the order with this uid, if it is here: what most
    /// readers want, and nothing else is touched.
    pub fn document(&self, uid: &str) -> Option<CachedDocument> {
        self.orders.pin().get(uid).map(Kept::document)
    }

    /// Makes room for so many more orders at once, unless there is a capacity.
    pub fn expect(&self, orders: u64) {
        if self.bound.is_none() {
            let orders = usize::try_from(orders).unwrap_or_default();
            self.orders.pin().reserve(orders);
        }
    }

    /// Takes in a committed order. One that is here already stays, unless its
    /// row is an earlier one. Returns the document as it is kept, if it was
    /// taken in.
    pub fn insert(&self, order: StoredOrder) -> Option<Bytes> {
        let Some(bound) = &self.bound else {
            return self.put(self.keep(order)).document();
        };
        let mut book = bound.book.lock().unwrap_or_else(PoisonError::into_inner);
        if book
            .replaced
            .get(&order.order_uid)
            .is_some_and(|&later| order.seq < later)
        {
            return None;
        }
        let uid = order.order_uid.clone();
        let put = self.put(self.keep(order));
        if matches!(put, Put::New(_)) {
            book.arrivals.push_back(uid);
        }
        self.make_room(bound, &mut book);
        put.document()
    }

    /// Takes in an order that took the place of another one with its uid.
    pub fn replace(&self, order: StoredOrder) {
        if let Some(bound) = &self.bound {
            let mut book = bound.book.lock().unwrap_or_else(PoisonError::into_inner);
            let later = book.replaced.entry(order.order_uid.clone()).or_default();
            *later = order.seq.max(*later);
        }
        self.insert(order);
    }

    /// Takes in a committed order as [`Self::insert`] does, with its document
    /// where it stands. Only for a cache that keeps all.
    pub(super) fn insert_in_place(&self, order: StoredOrder) -> Option<Bytes> {
        debug_assert!(self.bound.is_none(), "a bounded cache counts arrivals");
        self.put(order).document()
    }

    /// `order` with its document in a page.
    fn keep(&self, mut order: StoredOrder) -> StoredOrder {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        order.document = pages.keep(order.document);
        order
    }

    fn put(&self, order: StoredOrder) -> Put {
        let length = order.document.len() as u64;
        let uid = CompactString::from(order.order_uid.as_str());
        let kept = Kept::new(order, &self.channels);
        let orders = self.orders.pin();
        let done = orders.compute(uid, |present| match present {
            Some((_, present)) if present.seq >= kept.seq => Operation::Abort(()),
            _ => Operation::Insert(kept.clone()),
        });
        match done {
            Compute::Inserted(_, new) => {
                self.entries.fetch_add(1, Relaxed);
                self.bytes.fetch_add(length, Relaxed);
                Put::New(new.document.clone())
            }
            Compute::Updated {
                old: (_, old),
                new: (_, new),
            } => {
                self.bytes.fetch_add(length, Relaxed);
                self.bytes.fetch_sub(old.document.len() as u64, Relaxed);
                Put::Replaced(new.document.clone())
            }
            Compute::Removed(..) | Compute::Aborted(()) => Put::Refused,
        }
    }

    fn make_room(&self, bound: &Bound, book: &mut Book) {
        while self.bytes.load(Relaxed) > bound.capacity_bytes {
            let Some(oldest) = book.arrivals.pop_front() else {
                break;
            };
            let orders = self.orders.pin();
            if let Some(order) = orders.remove(oldest.as_str()) {
                self.entries.fetch_sub(1, Relaxed);
                self.bytes.fetch_sub(order.document.len() as u64, Relaxed);
            }
        }
    }

    /// Whether there is no room for more: warming a full cache is pointless.
    pub fn is_full(&self) -> bool {
        // The documents of the next orders are about as long as those before.
        self.bound.as_ref().is_some_and(|bound| {
            self.bytes.load(Relaxed) >= bound.capacity_bytes - bound.capacity_bytes / 20
        })
    }

    /// Whether it lets go of orders to keep to a capacity.
    pub fn is_bounded(&self) -> bool {
        self.bound.is_some()
    }

    /// Whether every order that was stored before it was last filled, and every
    /// one that this instance stored since, is here.
    pub fn is_complete(&self) -> bool {
        self.complete.load(Acquire) > 0
    }

    /// Whether every stored order is here, provided that this instance has been
    /// the only one since `epoch` began.
    pub fn is_complete_for(&self, epoch: Epoch) -> bool {
        epoch.get() > 0 && self.complete.load(Acquire) == epoch.get()
    }

    /// Declares that every order that was stored before `epoch` was put in. A
    /// bounded cache is never complete.
    pub fn set_complete(&self, epoch: Epoch) {
        if self.bound.is_none() {
            self.complete.store(epoch.get(), Release);
        }
    }

    /// How many orders are here.
    pub fn entries(&self) -> u64 {
        self.entries.load(Relaxed)
    }

    /// How many bytes their documents have.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use orders::{RowSeq, Sequence, Timestamp};

    use super::Cache;
    use crate::store::{Epoch, StoredOrder};

    fn order(uid: &str, document: &'static str) -> StoredOrder {
        order_in_row(1, uid, document)
    }

    fn order_in_row(seq: i64, uid: &str, document: &'static str) -> StoredOrder {
        let moment = Timestamp::from_unix_seconds(0).expect("the epoch is a moment");
        StoredOrder {
            order_uid: uid.parse().expect("a uid"),
            document: Bytes::from_static(document.as_bytes()),
            seq: RowSeq::new(seq),
            channel: "updates".into(),
            sequence: Sequence::new(1),
            published_at: moment,
            stored_at: moment,
        }
    }

    #[test]
    fn complete_is_complete_for_one_epoch() {
        let cache = Cache::new(None);
        let first = Epoch::default().next();
        assert!(!cache.is_complete() && !cache.is_complete_for(Epoch::default()));
        cache.set_complete(first);
        assert!(cache.is_complete() && cache.is_complete_for(first));
        assert!(!cache.is_complete_for(first.next()));
    }

    #[test]
    fn the_first_write_wins() {
        let cache = Cache::new(None);
        cache.insert(order("a", "first"));
        cache.insert(order("a", "second"));
        assert_eq!(
            cache.get("a").map(|order| order.document),
            Some(Bytes::from_static(b"first"))
        );
        assert_eq!((cache.entries(), cache.bytes()), (1, 5));
    }

    #[test]
    fn the_later_row_stays() {
        for capacity in [None, Some(1_000)] {
            let cache = Cache::new(capacity);
            cache.insert(order_in_row(1, "a", "first"));
            cache.replace(order_in_row(2, "a", "the second"));
            cache.insert(order_in_row(1, "a", "first"));
            assert_eq!(
                cache.get("a").map(|order| order.document),
                Some(Bytes::from_static(b"the second"))
            );
            assert_eq!((cache.entries(), cache.bytes()), (1, 10));
        }
    }

    #[test]
    fn what_was_replaced_does_not_return_to_a_bounded_cache() {
        let cache = Cache::new(Some(12));
        cache.insert(order_in_row(1, "a", "first"));
        cache.replace(order_in_row(2, "a", "second"));
        cache.insert(order_in_row(3, "b", "0123456789"));
        assert!(cache.get("a").is_none());
        cache.insert(order_in_row(1, "a", "first"));
        assert!(cache.get("a").is_none());
        cache.insert(order_in_row(2, "a", "second"));
        assert!(cache.get("a").is_some());
    }

    #[test]
    fn a_bounded_cache_keeps_to_its_capacity_and_is_never_complete() {
        let cache = Cache::new(Some(25));
        for uid in ["a", "b", "c", "d"] {
            cache.insert(order(uid, "0123456789"));
        }
        assert_eq!((cache.entries(), cache.bytes()), (2, 20));
        assert!(cache.get("a").is_none() && cache.get("d").is_some());
        cache.set_complete(Epoch::default().next());
        assert!(!cache.is_complete());
    }
}
