//! One listener of the live feed: what it is sent, and when.

use std::{sync::Arc, time::Duration};

use app::desk::OrderDesk as _;
use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use orders::{RowSeq, search::Filter};
use tokio::{
    sync::{
        OwnedSemaphorePermit,
        broadcast::{
            Receiver,
            error::{RecvError, TryRecvError},
        },
    },
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until},
};

use super::{
    NewOrder, NewOrders,
    event::{event, order_event},
};
use crate::desk::ServiceDesk;

/// Listeners at most; more are told to come back later.
pub const MAX_LISTENERS: usize = 1_000;

/// How often the figures are sent.
const STATS_INTERVAL: Duration = Duration::from_secs(1);

/// How long a listener is left alone after it was sent something, for each of
/// those who listen. A single one is told of an order at once; a thousand, of all
/// that came within a fifth of a second: telling is a system call, and there are
/// never more than five thousand of them a second.
const PAUSE: Duration = Duration::from_micros(200);

/// Batches that are told of together at most.
const MAX_TOGETHER: usize = 128;

/// One listener.
pub struct Listener {
    /// New orders; `None` for one that wants only the figures.
    pub orders: Option<Receiver<Arc<NewOrders>>>,
    /// Rows up to this one were told of.
    pub seen: RowSeq,
    /// What it wants to hear of.
    pub filter: Filter,
    /// Knows the figures.
    pub desk: Arc<ServiceDesk>,
    /// Its place among [`MAX_LISTENERS`].
    pub place: OwnedSemaphorePermit,
}

/// What has come.
enum News {
    Orders(Arc<NewOrders>),
    /// Some orders came and are not remembered any more.
    Missed,
    Stats,
}

impl Listener {
    /// What it is sent from now on, in pieces of whole events.
    pub fn events(self) -> impl Stream<Item = Bytes> + Send {
        let mut ticks = interval(STATS_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        stream::unfold(
            (self, ticks, Instant::now()),
            |(mut listener, mut ticks, not_before)| async move {
                sleep_until(not_before).await;
                let pieces = listener.next(&mut ticks).await?;
                // Telling of nothing costs nothing.
                let not_before = if pieces.is_empty() {
                    not_before
                } else {
                    Instant::now() + listener.pause()
                };
                Some((stream::iter(pieces), (listener, ticks, not_before)))
            },
        )
        .flatten()
    }

    fn pause(&self) -> Duration {
        let free = self.place.semaphore().available_permits();
        let listeners = MAX_LISTENERS.saturating_sub(free);
        PAUSE * u32::try_from(listeners).unwrap_or(u32::MAX)
    }

    /// The next events; `None` when there will be no more.
    async fn next(&mut self, ticks: &mut Interval) -> Option<Vec<Bytes>> {
        let news = tokio::select! {
            news = receive(&mut self.orders) => news?,
            _ = ticks.tick() => News::Stats,
        };
        let mut pieces = Vec::new();
        self.tell(news, &mut pieces);
        for _ in 1..MAX_TOGETHER {
            let Some(news) = self.orders.as_mut().and_then(waiting) else {
                break;
            };
            self.tell(news, &mut pieces);
        }
        Some(pieces)
    }

    fn tell(&self, news: News, pieces: &mut Vec<Bytes>) {
        match news {
            News::Orders(new) if self.filter.is_empty() && new.are_after(self.seen) => {
                pieces.push(new.events());
            }
            News::Orders(new) => {
                let unseen = new.orders().iter().filter(|order| order.seq() > self.seen);
                pieces.extend(unseen.filter_map(|order| wanted(order, &self.filter)));
            }
            News::Missed => pieces.push(reload()),
            News::Stats => pieces.push(event("stats", &self.desk.stats())),
        }
    }
}

/// The next batch; never one for a listener that wants none, and `None` when
/// there will be no more.
async fn receive(orders: &mut Option<Receiver<Arc<NewOrders>>>) -> Option<News> {
    match orders {
        Some(orders) => match orders.recv().await {
            Ok(new) => Some(News::Orders(new)),
            Err(RecvError::Lagged(_)) => Some(News::Missed),
            Err(RecvError::Closed) => None,
        },
        None => std::future::pending().await,
    }
}

/// What came meanwhile.
fn waiting(orders: &mut Receiver<Arc<NewOrders>>) -> Option<News> {
    match orders.try_recv() {
        Ok(new) => Some(News::Orders(new)),
        Err(TryRecvError::Lagged(_)) => Some(News::Missed),
        Err(TryRecvError::Empty | TryRecvError::Closed) => None,
    }
}

/// The event that tells a listener to read its list again.
pub fn reload() -> Bytes {
    event("reload", &serde_json::json!({}))
}

/// The event that tells of an order, if `filter` asks for it.
pub fn wanted(new: &NewOrder, filter: &Filter) -> Option<Bytes> {
    if !filter.matches(&new.row) {
        return None;
    }
    let marks = filter.marks(new.summary());
    if marks.is_empty() {
        return Some(new.event().clone());
    }
    let mut told = new.summary().clone();
    told.marks = marks;
    Some(order_event(new.seq(), &told))
}
