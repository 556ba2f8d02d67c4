//! Filling the columns at start, beside the cache: from the same stream of
//! documents, but without keeping it up.

use std::sync::Arc;

use bytes::Bytes;
use orders::{RowSeq, Timestamp, search::SearchRow};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{SearchIndex, chunk::CHUNK_ROWS};

/// Portions that may wait to be read where their documents are in memory anyway,
/// and where they are not.
const MANY: usize = 1 << 20;
const FEW: usize = 4;

/// The most threads that read at once.
const MAX_READERS: usize = 4;

/// An order as it was stored, to be read.
#[derive(Debug)]
struct Unread {
    document: Bytes,
    seq: RowSeq,
    stored_at: Timestamp,
}

/// What the columns are told.
#[derive(Debug)]
pub enum Portion {
    /// Old orders, a chunk of them.
    #[doc(hidden)]
    Orders(UnreadOrders),
    /// That was all.
    End,
}

/// Orders to be read.
#[derive(Debug)]
pub struct UnreadOrders(Vec<Unread>);

/// Hands stored orders on to the columns.
///
/// Where every document stays in memory, the newest are handed on at once, and
/// the others when all are there: reading them takes a core for longer than
/// PostgreSQL takes to send them.
#[derive(Debug)]
pub struct Filler {
    sender: mpsc::Sender<Portion>,
    orders: Vec<Unread>,
    /// Portions that wait for the end.
    waiting: Vec<Portion>,
    holds_all: bool,
    handed_on: usize,
}

/// A filler, and what [`fill`] reads from it. `holds_all` says that every
/// document stays in memory: then any number of them may wait.
pub fn filler(holds_all: bool) -> (Filler, mpsc::Receiver<Portion>) {
    let (sender, receiver) = mpsc::channel(if holds_all { MANY } else { FEW });
    let filler = Filler {
        sender,
        orders: Vec::new(),
        waiting: Vec::new(),
        holds_all,
        handed_on: 0,
    };
    (filler, receiver)
}

impl Filler {
    /// Takes an order in. Waits where too much waits already.
    pub async fn take(&mut self, document: Bytes, seq: RowSeq, stored_at: Timestamp) {
        if self.orders.is_empty() {
            self.orders.reserve_exact(CHUNK_ROWS);
        }
        self.orders.push(Unread {
            document,
            seq,
            stored_at,
        });
        if self.orders.len() == CHUNK_ROWS {
            self.hand_on().await;
        }
    }

    /// Starts again: what was not handed on comes once more.
    pub fn restart(&mut self) {
        self.orders.clear();
        self.waiting.clear();
    }

    /// Says that every stored order was taken in.
    pub async fn end(&mut self) {
        self.hand_on().await;
        let waiting = std::mem::take(&mut self.waiting);
        // Nobody reads only while the service stops.
        for portion in waiting.into_iter().chain([Portion::End]) {
            self.sender.send(portion).await.ok();
        }
    }

    async fn hand_on(&mut self) {
        let orders = std::mem::take(&mut self.orders);
        if orders.is_empty() {
            return;
        }
        let portion = Portion::Orders(UnreadOrders(orders));
        if self.holds_all && self.handed_on >= FEW {
            self.waiting.push(portion);
        } else {
            self.handed_on += 1;
            self.sender.send(portion).await.ok();
        }
    }
}

/// Takes in what the filler hands on, until the filler is gone or it is time to
/// stop.
pub async fn fill(
    index: Arc<SearchIndex>,
    mut portions: mpsc::Receiver<Portion>,
    stop: CancellationToken,
) {
    let began = std::time::Instant::now();
    let readers = std::thread::available_parallelism().map_or(1, usize::from);
    let readers = readers.min(MAX_READERS);
    let mut reading = JoinSet::new();
    while let Some(Some(portion)) = stop.run_until_cancelled(portions.recv()).await {
        match portion {
            Portion::Orders(orders) => {
                if reading.len() >= readers {
                    wait_for_one(&mut reading).await;
                }
                let index = Arc::clone(&index);
                reading.spawn_blocking(move || read(&index, &orders));
            }
            Portion::End => {
                while !reading.is_empty() {
                    wait_for_one(&mut reading).await;
                }
                if !index.progress().is_complete {
                    index.set_complete();
                    tracing::info!(
                        orders = index.progress().rows,
                        bytes = index.size(),
                        duration_ms =
                            u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
                        "every order is searchable"
                    );
                }
            }
        }
    }
}

async fn wait_for_one(reading: &mut JoinSet<()>) {
    if let Some(Err(error)) = reading.join_next().await {
        tracing::error!(%error, "a chunk of orders could not be made searchable");
    }
}

fn read(index: &SearchIndex, UnreadOrders(orders): &UnreadOrders) {
    index.append_old(&orders.iter().filter_map(|unread| {
        // Today's validation may refuse what an earlier one took.
        let order = orders::parse(&unread.document, usize::MAX).ok()?;
        let row = SearchRow::new(&order, unread.seq, unread.stored_at);
        Some((row, order))
    }));
}
