//! The live feed: tells whoever listens of orders the moment they are stored.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use orders::{Order, OrderSummary, RowSeq, Timestamp, search::SearchRow};
use tokio::sync::broadcast;

/// Batches that a slow listener may lag behind before it is told to reload.
const BACKLOG: usize = 256;

/// An order that was just stored.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// What a list shows of it.
    pub summary: OrderSummary,
    /// What it is found by.
    pub row: SearchRow,
}

impl NewOrder {
    /// `order`, stored as row `seq` at `stored_at`.
    pub fn new(order: &Order, seq: RowSeq, stored_at: Timestamp) -> Self {
        Self {
            summary: OrderSummary::new(order, seq, stored_at),
            row: SearchRow::new(order, seq, stored_at),
        }
    }
}

/// The feed of stored orders, and the newest of them.
#[derive(Debug)]
pub struct LiveFeed {
    sender: broadcast::Sender<Arc<[NewOrder]>>,
    recent: Mutex<VecDeque<OrderSummary>>,
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
        let orders: Arc<[NewOrder]> = orders.into();
        let mut recent = self.recent();
        recent.extend(orders.iter().map(|order| order.summary.clone()));
        let surplus = recent.len().saturating_sub(Self::RECENT);
        recent.drain(..surplus);
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(orders).ok();
    }

    /// Tells of an order that an operator made of a message. It may have taken
    /// the place of another one.
    pub fn publish_decided(&self, new: NewOrder) {
        let order = new.summary.clone();
        let mut recent = self.recent();
        let is_known =
            |known: &OrderSummary| known.order_uid == order.order_uid && known.seq >= order.seq;
        if recent.iter().any(is_known) {
            return;
        }
        recent.retain(|known| known.order_uid != order.order_uid);
        recent.push_back(order);
        recent
            .make_contiguous()
            .sort_unstable_by_key(|order| order.seq);
        if recent.len() > Self::RECENT {
            recent.pop_front();
        }
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(Arc::from([new])).ok();
    }

    /// Adds orders that were stored before this process began, newest first.
    pub fn seed(&self, orders: Vec<OrderSummary>) {
        let mut recent = self.recent();
        for order in orders {
            let is_known = recent.iter().any(|known| known.seq == order.seq);
            if !is_known && recent.len() < Self::RECENT {
                recent.push_front(order);
            }
        }
        recent
            .make_contiguous()
            .sort_unstable_by_key(|order| order.seq);
    }

    /// The newest orders, newest first.
    pub fn newest(&self) -> Vec<OrderSummary> {
        self.recent().iter().rev().cloned().collect()
    }

    /// The newest order.
    pub fn last(&self) -> Option<OrderSummary> {
        self.recent().back().cloned()
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<[NewOrder]>> {
        self.sender.subscribe()
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, VecDeque<OrderSummary>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
