//! Publishing at a rate, and when each order is there.
//!
//! Messages are sent when they are due, whatever became of those before, and
//! every time counts from when its message was due: a stall shows in each
//! message that it delayed, not only in the first (coordinated omission).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use hdrhistogram::Histogram;
use orderdesk_publish::pace::Pace;

use super::{
    ask::Asker,
    stream::{Acked, Stream},
};
use crate::{corpus::Corpus, site::CLUSTER};

/// How long an acknowledgement, or an order, may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A little time for threads to be there before the first message is due.
const PREPARING: Duration = Duration::from_millis(100);

/// Orders that are published, with what identifies them.
pub type Documents = Arc<Vec<(String, Vec<u8>)>>;

/// The first `count` orders of a corpus, made before the clock starts.
pub fn documents(corpus: Corpus, count: u64) -> Documents {
    Arc::new((0..count).map(|number| corpus.document(number)).collect())
}

/// Where and how fast.
#[derive(Clone, Debug)]
pub struct Publishing {
    /// NATS Streaming's port.
    pub port: u16,
    /// The channel.
    pub channel: String,
    /// The publisher's name at the server.
    pub client_id: String,
    /// Messages a second.
    pub rate: u32,
    /// The orders.
    pub documents: Documents,
}

/// Times of a publishing, in µs from when each message was due.
#[derive(Clone, Debug)]
pub struct Times {
    /// Until the publisher had the acknowledgement.
    pub acknowledged: Histogram<u64>,
    /// Until the order was there.
    pub there: Histogram<u64>,
}

impl Times {
    /// Nothing yet.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self {
            acknowledged: histogram()?,
            there: histogram()?,
        })
    }

    /// Takes in those of another.
    pub fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.acknowledged.add(&other.acknowledged)?;
        self.there.add(&other.there)?;
        Ok(())
    }
}

/// A histogram of microseconds with three digits.
pub fn histogram() -> anyhow::Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 600_000_000, 3)?)
}

/// Microseconds, one at least.
pub fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

impl Publishing {
    /// Publishes everything when it is due, and waits for the last
    /// acknowledgement. `acked` gets each one and when its message was due.
    ///
    /// # Errors
    /// When the server is gone, or an acknowledgement does not come.
    pub fn run(
        &self,
        mut acked: impl FnMut(Acked, Instant) + Send + 'static,
    ) -> anyhow::Result<()> {
        let pace = Pace::new(Instant::now() + PREPARING, f64::from(self.rate));
        let count = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&count);
        let each = move |ack: Acked| {
            acked(ack, pace.due(ack.number));
            counted.fetch_add(1, Relaxed);
        };
        let stream = Stream::connect(self.port, CLUSTER, &self.client_id, &self.channel, each)?;
        for (number, (_, document)) in (0..).zip(self.documents.iter()) {
            let due = pace.due(number);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            stream.publish(number, document.clone())?;
        }
        let sent = Instant::now();
        while count.load(Relaxed) < self.documents.len() as u64 {
            if sent.elapsed() > PATIENCE {
                bail!("not every message is acknowledged within {PATIENCE:?}");
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }
}

/// How the orders are looked for.
///
/// Each order is asked for by its uid from its acknowledgement on, again and
/// again until it is there. An order that is stored sooner than its publisher
/// has the acknowledgement counts as there with the acknowledgement.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// Connections; each looks for its share of the orders, one by one.
    pub connections: usize,
    /// The pause before an order that is not there is asked for again.
    pub pause: Duration,
}

impl Watch {
    /// For so many orders a second. The pauses keep what asking takes of the
    /// processor small beside what is measured; they are what the times are
    /// exact to.
    pub fn at(rate: u32) -> Self {
        let (connections, microseconds) = match rate {
            0..=200 => (1, 50),
            201..=1_000 => (2, 200),
            _ => (4, 400),
        };
        Self {
            connections,
            pause: Duration::from_micros(microseconds),
        }
    }

    /// Publishes, and looks for each order at `url` until it is there, byte for
    /// byte.
    ///
    /// # Errors
    /// When an order does not come, or comes with other bytes.
    pub fn run(self, url: &str, publishing: &Publishing) -> anyhow::Result<Times> {
        thread::scope(|scope| {
            let mut inboxes = Vec::new();
            let mut watchers = Vec::new();
            for _ in 0..self.connections {
                let (sender, inbox) = mpsc::channel();
                inboxes.push(sender);
                let (asker, documents) = (Asker::new(url), Arc::clone(&publishing.documents));
                watchers.push(scope.spawn(move || self.watch(&asker, &documents, &inbox)));
            }
            let published = publishing.run(move |ack, due| {
                let turn = usize::try_from(ack.number).unwrap_or_default() % inboxes.len();
                // A watcher that is gone says why when it is joined.
                inboxes[turn].send((ack, due)).ok();
            });
            let mut times = Times::new()?;
            for watcher in watchers {
                let seen = watcher
                    .join()
                    .map_err(|_| anyhow::anyhow!("a watcher panicked"))?;
                times.add(&seen?)?;
            }
            published?;
            Ok(times)
        })
    }

    fn watch(
        self,
        asker: &Asker,
        documents: &[(String, Vec<u8>)],
        inbox: &mpsc::Receiver<(Acked, Instant)>,
    ) -> anyhow::Result<Times> {
        let mut times = Times::new()?;
        for (ack, due) in inbox {
            let number = usize::try_from(ack.number)?;
            let (uid, document) = documents.get(number).context("a message that was sent")?;
            times.acknowledged.record(microseconds(ack.at - due))?;
            let path = format!("/api/orders/{uid}");
            loop {
                let answer = asker.get(&path)?;
                let waited = due.elapsed();
                match answer.status {
                    200 if answer.body == *document => {
                        times.there.record(microseconds(waited))?;
                        break;
                    }
                    200 => bail!("{uid} is answered with other bytes than were published"),
                    404 if waited < PATIENCE => thread::sleep(self.pause),
                    404 => bail!("{uid} is not there after {PATIENCE:?}"),
                    other => bail!("{uid} is answered with {other}"),
                }
            }
        }
        Ok(times)
    }
}
