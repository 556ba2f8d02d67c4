//! Orders in memory: the cache, and a locked `HashMap` of the same.

use std::{
    collections::HashMap,
    hint::black_box,
    sync::{Arc, PoisonError, RwLock},
};

use orderdesk::{
    cache::{Cache, CachedOrder},
    store::StoredOrder,
};
use orders::OrderUid;

use crate::{HotPath, Orders, Work};

const LOOKUPS: usize = 1_000;

/// Looking up.
pub(crate) const GET: HotPath = HotPath {
    name: "cache-get",
    what: "1,000 uids are looked up in the cache",
    pieces: LOOKUPS,
    prepare: |orders| get(&filled(Cache::new(None), orders), orders),
};

/// Looking up under a lock.
pub(crate) const LOCKED_GET: HotPath = HotPath {
    name: "locked-get",
    what: "the same 1,000, in RwLock<HashMap>",
    pieces: LOOKUPS,
    prepare: |orders| get(&filled(LockedMap::default(), orders), orders),
};

/// Putting in.
pub(crate) const INSERT: HotPath = HotPath {
    name: "cache-insert",
    what: "1,000 orders are put into an empty cache",
    pieces: LOOKUPS,
    prepare: |orders| insert(|| Cache::new(None), orders),
};

/// Putting in under a lock.
pub(crate) const LOCKED_INSERT: HotPath = HotPath {
    name: "locked-insert",
    what: "the same 1,000, into RwLock<HashMap>",
    pieces: LOOKUPS,
    prepare: |orders| insert(LockedMap::default, orders),
};

/// What keeps orders by uid.
pub trait OrderMap: Send + Sync + 'static {
    /// The order with this uid.
    fn get(&self, uid: &str) -> Option<CachedOrder>;
    /// Puts an order in; the first with its uid stays.
    fn insert(&self, order: StoredOrder);
}

impl OrderMap for Cache {
    fn get(&self, uid: &str) -> Option<CachedOrder> {
        Self::get(self, uid)
    }

    fn insert(&self, order: StoredOrder) {
        Self::insert(self, order);
    }
}

/// The plain way: one lock before everything.
#[derive(Default)]
pub struct LockedMap(RwLock<HashMap<OrderUid, CachedOrder>>);

impl OrderMap for LockedMap {
    fn get(&self, uid: &str) -> Option<CachedOrder> {
        let orders = self.0.read().unwrap_or_else(PoisonError::into_inner);
        orders.get(uid).cloned()
    }

    fn insert(&self, order: StoredOrder) {
        let cached = CachedOrder {
            document: order.document,
            seq: order.seq,
            channel: order.channel,
            sequence: order.sequence,
            published_at: order.published_at,
            stored_at: order.stored_at,
        };
        let mut orders = self.0.write().unwrap_or_else(PoisonError::into_inner);
        orders.entry(order.order_uid).or_insert(cached);
    }
}

/// `map` with all of `orders` in it.
fn filled<M: OrderMap>(map: M, orders: &Orders) -> Arc<M> {
    for order in orders.stored() {
        map.insert(order);
    }
    Arc::new(map)
}

fn get<M: OrderMap>(map: &Arc<M>, orders: &Orders) -> Work {
    let map = Arc::clone(map);
    let uids = orders.some_uids(LOOKUPS);
    Box::new(move || {
        for uid in &uids {
            black_box(map.get(black_box(uid)).expect("all are here"));
        }
    })
}

fn insert<M: OrderMap>(empty: fn() -> M, orders: &Orders) -> Work {
    let mut stored = orders.stored();
    stored.truncate(LOOKUPS);
    Box::new(move || {
        let map = empty();
        for order in &stored {
            map.insert(order.clone());
        }
        black_box(map);
    })
}
