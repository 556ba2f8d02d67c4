//! The live feed: tells whoever listens of orders the moment they are stored.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use orders::{Order, OrderSummary, RowSeq, Timestamp, search::SearchRow};
use tokio::sync::broadcast;

use crate::store::StoredOrder;

/// Batches that a slow listener may lag behind before it is told to reload.
const BACKLOG: usize = 256;

/// An order that was just stored.
#[derive(Debug)]
pub struct NewOrder {
    /// The order itself.
    pub order: Arc<Order>,
    /// What it is found by.
    pub row: SearchRow,
    stored_at: Timestamp,
    /// Written when the first one asks: nobody may.
    summary: OnceLock<OrderSummary>,
    json: OnceLock<String>,
}

impl NewOrder {
    /// `order`, stored as row `seq` at `stored_at`.
    pub fn new(order: Arc<Order>, seq: RowSeq, stored_at: Timestamp) -> Self {
        Self {
            row: SearchRow::new(&order, seq, stored_at),
            order,
            stored_at,
            summary: OnceLock::new(),
            json: OnceLock::new(),
        }
    }

    /// A stored order; `None` for a document that today's validation would
    /// refuse.
    pub fn of(stored: &StoredOrder) -> Option<Self> {
        let order = Arc::new(stored.order()?);
        Some(Self::new(order, stored.seq, stored.stored_at))
    }

    /// Its place in order of arrival.
    pub const fn seq(&self) -> RowSeq {
        self.row.seq
    }

    /// When it was stored.
    pub const fn stored_at(&self) -> Timestamp {
        self.stored_at
    }

    /// What a list shows of it.
    pub fn summary(&self) -> &OrderSummary {
        self.summary
            .get_or_init(|| OrderSummary::new(&self.order, self.row.seq, self.stored_at))
    }

    /// The same as JSON, for all who listen.
    ///
    /// # Panics
    /// Never: texts, numbers and moments are JSON.
    pub fn json(&self) -> &str {
        self.json.get_or_init(|| {
            serde_json::to_string(self.summary()).expect("texts, numbers and moments are JSON")
        })
    }
}

/// The feed of stored orders, and the newest of them.
#[derive(Debug)]
pub struct LiveFeed {
    sender: broadcast::Sender<Arc<[Arc<NewOrder>]>>,
    recent: Mutex<VecDeque<Arc<NewOrder>>>,
}

impl Default for LiveFeed {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
            recent: Mutex::default(),
        }
    }
}

impl LiveFeed {
    /// How many of the newest orders the feed remembers.
    pub const RECENT: usize = 500;

    /// Tells of orders that were just stored, in order of their rows.
    pub fn publish(&self, orders: Vec<NewOrder>) {
        if orders.is_empty() {
            return;
        }
        let orders: Arc<[Arc<NewOrder>]> = orders.into_iter().map(Arc::new).collect();
        let mut recent = self.recent();
        recent.extend(orders.iter().cloned());
        let surplus = recent.len().saturating_sub(Self::RECENT);
        recent.drain(..surplus);
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(orders).ok();
    }

    /// Tells of an order that an operator made of a message. It may have taken
    /// the place of another one.
    pub fn publish_decided(&self, new: NewOrder) {
        let new = Arc::new(new);
        let uid = &new.order.order_uid;
        let mut recent = self.recent();
        let is_known =
            |known: &Arc<NewOrder>| known.order.order_uid == *uid && known.seq() >= new.seq();
        if recent.iter().any(is_known) {
            return;
        }
        recent.retain(|known| known.order.order_uid != *uid);
        recent.push_back(Arc::clone(&new));
        recent
            .make_contiguous()
            .sort_unstable_by_key(|order| order.seq());
        if recent.len() > Self::RECENT {
            recent.pop_front();
        }
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(Arc::from([new])).ok();
    }

    /// Adds orders that were stored before this process began, newest first.
    pub fn seed(&self, orders: Vec<NewOrder>) {
        let mut recent = self.recent();
        for order in orders {
            let is_known = recent.iter().any(|known| known.seq() == order.seq());
            if !is_known && recent.len() < Self::RECENT {
                recent.push_front(Arc::new(order));
            }
        }
        recent
            .make_contiguous()
            .sort_unstable_by_key(|order| order.seq());
    }

    /// What lists show of the newest orders, newest first.
    pub fn newest(&self) -> Vec<OrderSummary> {
        let recent = self.recent().clone();
        recent
            .iter()
            .rev()
            .map(|order| order.summary().clone())
            .collect()
    }

    /// The newest order.
    pub fn last(&self) -> Option<Arc<NewOrder>> {
        self.recent().back().cloned()
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<[Arc<NewOrder>]>> {
        self.sender.subscribe()
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<NewOrder>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
