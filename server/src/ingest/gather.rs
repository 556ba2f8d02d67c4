//! Forming batches: while one commits, the next gathers.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use orders::{Sequence, Timestamp};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::yield_now,
};

use super::Delivery;
use crate::store::Candidate;

/// A batch that was read and validated, ready to be stored.
#[derive(Default)]
pub struct Batch {
    pub(super) candidates: Vec<Candidate>,
    pub(super) acks: Vec<Box<dyn super::Acknowledge>>,
    bytes: usize,
    /// The highest position and the latest time in it.
    newest: Option<(Sequence, Timestamp)>,
    /// Held until the batch is stored; the next one gathers meanwhile.
    turn: Option<OwnedSemaphorePermit>,
}

/// What bounds a batch.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most messages.
    pub messages: usize,
    /// The longest wait of its first message while more are arriving.
    pub latency: Duration,
    /// The most bytes, so that huge messages do not pile up.
    pub bytes: usize,
    /// The largest message that is taken as an order, in bytes.
    pub max_order_bytes: usize,
}

/// Gathers `deliveries` into batches until the source is done, and passes each
/// on when the one before is stored. When nothing more is waiting, what is
/// there goes on at once.
pub async fn gather(
    mut deliveries: mpsc::Receiver<Delivery>,
    batches: mpsc::Sender<Batch>,
    limits: Limits,
) {
    let turns = Arc::new(Semaphore::new(1));
    let mut held_over = None;
    loop {
        let first = match held_over.take() {
            Some(first) => first,
            None => match deliveries.recv().await {
                Some(first) => first,
                None => return,
            },
        };
        let mut batch = Batch::default();
        batch.push(first, &limits);
        batch.turn = batch
            .fill(&mut deliveries, &turns, &limits, &mut held_over)
            .await;
        if batches.send(batch).await.is_err() {
            return;
        }
    }
}

impl Batch {
    /// Takes in deliveries until the batch is full, or nothing more is waiting
    /// and it is this batch's turn.
    async fn fill(
        &mut self,
        deliveries: &mut mpsc::Receiver<Delivery>,
        turns: &Arc<Semaphore>,
        limits: &Limits,
        held_over: &mut Option<Delivery>,
    ) -> Option<OwnedSemaphorePermit> {
        let began = Instant::now();
        loop {
            while held_over.is_none()
                && !self.is_full(limits)
                && let Ok(next) = deliveries.try_recv()
            {
                *held_over = self.admit(next, limits);
            }
            if held_over.is_some() || self.is_full(limits) {
                return Arc::clone(turns).acquire_owned().await.ok();
            }
            // One chance for the source to bring more of a busy stream.
            yield_now().await;
            if !deliveries.is_empty() && began.elapsed() < limits.latency {
                continue;
            }
            tokio::select! {
                biased;
                turn = Arc::clone(turns).acquire_owned() => return turn.ok(),
                next = deliveries.recv() => match next {
                    Some(next) => *held_over = self.admit(next, limits),
                    None => return Arc::clone(turns).acquire_owned().await.ok(),
                },
            }
        }
    }

    fn is_full(&self, limits: &Limits) -> bool {
        self.candidates.len() >= limits.messages || self.bytes >= limits.bytes
    }

    /// Takes a delivery in, or gives it back: one with a lower position and a
    /// later time than others here belongs to a channel that started over, and
    /// the ledger has a page of its own for that.
    fn admit(&mut self, delivery: Delivery, limits: &Limits) -> Option<Delivery> {
        let starts_over = self.newest.is_some_and(|(sequence, published_at)| {
            delivery.sequence <= sequence && delivery.published_at > published_at
        });
        if starts_over {
            return Some(delivery);
        }
        self.push(delivery, limits);
        None
    }

    fn push(&mut self, delivery: Delivery, limits: &Limits) {
        let newest = self
            .newest
            .get_or_insert((delivery.sequence, delivery.published_at));
        newest.0 = newest.0.max(delivery.sequence);
        newest.1 = newest.1.max(delivery.published_at);
        let order = orders::parse(&delivery.message, limits.max_order_bytes).map(Arc::new);
        self.bytes += delivery.message.len();
        self.candidates.push(Candidate {
            sequence: delivery.sequence,
            published_at: delivery.published_at,
            message: delivery.message,
            order,
        });
        self.acks.push(delivery.ack);
    }
}
