//! The live feed: tells whoever listens of orders the moment they are stored.

mod event;
mod listener;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use bytes::Bytes;
use orders::{Order, OrderSummary, RowSeq, Timestamp, search::SearchRow};
use tokio::sync::broadcast;

pub use listener::{Listener, MAX_LISTENERS, reload, wanted};

use crate::store::StoredOrder;

/// Batches that a slow listener may lag behind before it is told to reload.
const BACKLOG: usize = 512;

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
    event: OnceLock<Bytes>,
}

impl NewOrder {
    /// `order`, stored as row `seq` at `stored_at`.
    pub fn new(order: Arc<Order>, seq: RowSeq, stored_at: Timestamp) -> Self {
        Self {
            row: SearchRow::new(&order, seq, stored_at),
            order,
            stored_at,
            summary: OnceLock::new(),
            event: OnceLock::new(),
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

    /// The event that tells of it, for all who listen.
    pub fn event(&self) -> &Bytes {
        self.event
            .get_or_init(|| event::order_event(self.seq(), self.summary()))
    }
}

/// Orders that were stored together, in order of their rows; at least one.
#[derive(Debug)]
pub struct NewOrders {
    orders: Vec<Arc<NewOrder>>,
    /// Written when the first one asks.
    events: OnceLock<Bytes>,
}

impl NewOrders {
    fn new(orders: Vec<Arc<NewOrder>>) -> Self {
        Self {
            orders,
            events: OnceLock::new(),
        }
    }

    /// The orders.
    pub fn orders(&self) -> &[Arc<NewOrder>] {
        &self.orders
    }

    /// Whether all of them came after `seen`.
    pub fn are_after(&self, seen: RowSeq) -> bool {
        self.orders.first().is_some_and(|first| first.seq() > seen)
    }

    /// The events that tell of all of them, one text for all who listen.
    pub fn events(&self) -> Bytes {
        let events = || match &*self.orders {
            [only] => only.event().clone(),
            orders => {
                let events: Vec<&[u8]> = orders.iter().map(|order| &**order.event()).collect();
                events.concat().into()
            }
        };
        self.events.get_or_init(events).clone()
    }
}

/// The feed of stored orders, and the newest of them.
#[derive(Debug)]
pub struct LiveFeed {
    sender: broadcast::Sender<Arc<NewOrders>>,
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
        let orders: Vec<_> = orders.into_iter().map(Arc::new).collect();
        let mut recent = self.recent();
        recent.extend(orders.iter().cloned());
        let surplus = recent.len().saturating_sub(Self::RECENT);
        recent.drain(..surplus);
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(Arc::new(NewOrders::new(orders))).ok();
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
        self.sender.send(Arc::new(NewOrders::new(vec![new]))).ok();
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
    pub fn listen(&self) -> broadcast::Receiver<Arc<NewOrders>> {
        self.sender.subscribe()
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<NewOrder>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
