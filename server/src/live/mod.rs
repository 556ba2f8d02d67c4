//! The live feed: tells whoever listens of orders the moment they are stored.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use orders::OrderSummary;
use tokio::sync::broadcast;

/// Batches that a slow listener may lag behind before it is told to reload.
const BACKLOG: usize = 256;

/// The feed of stored orders, and the newest of them.
#[derive(Debug)]
pub struct LiveFeed {
    sender: broadcast::Sender<Arc<[OrderSummary]>>,
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
    pub fn publish(&self, orders: Vec<OrderSummary>) {
        if orders.is_empty() {
            return;
        }
        let orders: Arc<[OrderSummary]> = orders.into();
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
    pub fn publish_decided(&self, order: OrderSummary) {
        let mut recent = self.recent();
        let is_known =
            |known: &OrderSummary| known.order_uid == order.order_uid && known.seq >= order.seq;
        if recent.iter().any(is_known) {
            return;
        }
        recent.retain(|known| known.order_uid != order.order_uid);
        recent.push_back(order.clone());
        recent
            .make_contiguous()
            .sort_unstable_by_key(|order| order.seq);
        if recent.len() > Self::RECENT {
            recent.pop_front();
        }
        drop(recent);
        // Nobody listening is no error.
        self.sender.send(Arc::from([order])).ok();
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
    pub fn listen(&self) -> broadcast::Receiver<Arc<[OrderSummary]>> {
        self.sender.subscribe()
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, VecDeque<OrderSummary>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
