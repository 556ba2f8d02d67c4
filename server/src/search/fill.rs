//! Filling the columns at start, beside the cache: from the same stream of
//! documents, but without keeping it up.

use std::sync::Arc;

use bytes::Bytes;
use orders::{Order, RowSeq, Timestamp, search::SearchRow};
use tokio::sync::mpsc;

use super::{SearchIndex, chunk::CHUNK_ROWS};
use crate::store::StoredOrder;

/// Portions that may wait where their documents are in memory anyway, and
/// where they are not.
const MANY: usize = 1 << 20;
const FEW: usize = 4;

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
#[derive(Debug)]
pub struct Filler {
    sender: mpsc::Sender<Portion>,
    orders: Vec<Unread>,
}

/// A filler, and what [`fill`] reads from it. `holds_all` says that every
/// document stays in memory: then any number of them may wait.
pub fn filler(holds_all: bool) -> (Filler, mpsc::Receiver<Portion>) {
    let (sender, receiver) = mpsc::channel(if holds_all { MANY } else { FEW });
    let orders = Vec::new();
    (Filler { sender, orders }, receiver)
}

impl Filler {
    /// Takes an order in. Waits where too much waits already.
    pub async fn take(&mut self, order: &StoredOrder) {
        self.orders.push(Unread {
            document: order.document.clone(),
            seq: order.seq,
            stored_at: order.stored_at,
        });
        if self.orders.len() == CHUNK_ROWS {
            self.hand_on().await;
        }
    }

    /// Starts again: what was not handed on comes once more.
    pub fn restart(&mut self) {
        self.orders.clear();
    }

    /// Says that every stored order was taken in.
    pub async fn end(&mut self) {
        self.hand_on().await;
        // Nobody reads only while the service stops.
        self.sender.send(Portion::End).await.ok();
    }

    async fn hand_on(&mut self) {
        let orders = std::mem::take(&mut self.orders);
        if !orders.is_empty() {
            let portion = Portion::Orders(UnreadOrders(orders));
            self.sender.send(portion).await.ok();
        }
    }
}

/// Takes in what the filler hands on, until the filler is gone.
pub async fn fill(index: Arc<SearchIndex>, mut portions: mpsc::Receiver<Portion>) {
    let began = std::time::Instant::now();
    while let Some(portion) = portions.recv().await {
        match portion {
            Portion::Orders(orders) => {
                let index = Arc::clone(&index);
                let reading = tokio::task::spawn_blocking(move || read(&index, &orders));
                if let Err(error) = reading.await {
                    tracing::error!(%error, "a chunk of orders could not be made searchable");
                }
            }
            Portion::End if !index.progress().is_complete => {
                index.set_complete();
                tracing::info!(
                    orders = index.progress().rows,
                    bytes = index.size(),
                    duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
                    "every order is searchable"
                );
            }
            Portion::End => {}
        }
    }
}

fn read(index: &SearchIndex, UnreadOrders(orders): &UnreadOrders) {
    let rows: Vec<(SearchRow, Order)> = orders
        .iter()
        .filter_map(|unread| {
            // Today's validation may refuse what an earlier one took.
            let order = orders::parse(&unread.document, usize::MAX).ok()?;
            let row = SearchRow::new(&order, unread.seq, unread.stored_at);
            Some((row, order))
        })
        .collect();
    index.append_old(&rows);
}
