//! Storing batches, one after the other.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use backon::{BackoffBuilder as _, ExponentialBuilder};
use orders::{Reason, Rejection};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Acknowledge, IngestStatus,
    commit::{Committed, commit},
    gather::Batch,
    visible::Part,
};
use crate::{
    cache::Cache,
    metrics::Metrics,
    store::{Candidate, Remedy, Store, StoreError, Trouble},
};

/// A commit that takes longer is given up and tried again: the connection is
/// likely dead. Each further try may take twice as long, since it may as well
/// be slow.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest that a try may take.
const MAX_COMMIT_TIMEOUT: Duration = Duration::from_secs(80);

/// The longest pause between two tries, before jitter, which may double it. It
/// delays recovering, so it is short; a PostgreSQL that is away is not asked more
/// often by it, since each try waits for a connection, and one that refuses at
/// once, with a full disk, is asked about three times a second.
const MAX_DELAY: Duration = Duration::from_millis(250);

/// Collisions with other transactions in a row that are nothing to speak of.
const CONTENTIONS: u32 = 3;

/// How long to wait before a message that even the quarantine refuses is tried
/// again.
const REFUSED_DELAY: Duration = Duration::from_secs(1);

/// Stores batches, and passes on what was committed.
pub struct Writer {
    /// The channel whose messages these are.
    pub channel: String,
    /// Where they are stored.
    pub store: Store,
    /// Says which orders are visible.
    pub cache: Arc<Cache>,
    /// Is told how it goes.
    pub status: Arc<IngestStatus>,
    /// Counts commits.
    pub metrics: Arc<Metrics>,
    /// Takes what was committed, to show and acknowledge it while the next
    /// batch is being stored.
    pub committed: mpsc::Sender<Part>,
    /// Told when it is time to stop: what cannot be stored then is left to be
    /// delivered again.
    pub stop: CancellationToken,
    /// How long a commit that is on its way then may take.
    pub grace: Duration,
}

/// Why a batch was not stored.
enum NotStored {
    /// One of its rows can never be.
    Refused(StoreError),
    /// The service is stopping, and PostgreSQL is away.
    Stopping,
}

impl Writer {
    /// Stores `batches` until there are no more. A batch is tried until it is
    /// stored.
    pub async fn run(self, mut batches: mpsc::Receiver<Batch>) {
        while let Some(mut batch) = batches.recv().await {
            if self.has_to_leave() {
                // Not acknowledged, so the server keeps it.
                continue;
            }
            let candidates = std::mem::take(&mut batch.candidates);
            let acks = std::mem::take(&mut batch.acks);
            self.settle(candidates, acks).await;
        }
    }

    /// Stores `candidates`, in parts where one of them can never be stored. Each
    /// part is shown and acknowledged when it is committed.
    async fn settle(&self, candidates: Vec<Candidate>, mut acks: Vec<Box<dyn Acknowledge>>) {
        let mut waiting = vec![candidates];
        // What was refused may have been stored in part.
        let mut is_again = false;
        while let Some(mut candidates) = waiting.pop() {
            match self.commit_patiently(&candidates, is_again).await {
                Ok(committed) => {
                    let rest = acks.split_off(candidates.len().min(acks.len()));
                    let part = Part {
                        candidates,
                        committed,
                        acks: std::mem::replace(&mut acks, rest),
                    };
                    // Nobody takes it only when that task died, which stops the
                    // service: what is not acknowledged is delivered again.
                    self.committed.send(part).await.ok();
                }
                Err(NotStored::Stopping) => {
                    tracing::warn!(
                        "stopping while messages in hand cannot be stored; NATS Streaming keeps them"
                    );
                    return;
                }
                Err(NotStored::Refused(error)) if candidates.len() == 1 => {
                    is_again = true;
                    if candidates[0].order.is_err() {
                        // Even the quarantine refuses it. It is not given up,
                        // and it must not turn the processor either.
                        self.status.set_trouble(Some(Trouble::Refused));
                        tokio::time::sleep(REFUSED_DELAY).await;
                        if self.has_to_leave() {
                            return;
                        }
                    }
                    set_aside(&mut candidates[0], &error);
                    waiting.push(candidates);
                }
                Err(NotStored::Refused(_)) => {
                    is_again = true;
                    let second = candidates.split_off(candidates.len() / 2);
                    waiting.push(second);
                    waiting.push(candidates);
                }
            }
        }
    }

    /// Stores `candidates`, as often as it takes while PostgreSQL is away;
    /// `is_again` says that they, or some of them, were tried before.
    ///
    /// # Errors
    /// When one of the rows can never be stored, or when it is time to stop.
    async fn commit_patiently(
        &self,
        candidates: &[Candidate],
        is_again: bool,
    ) -> Result<Committed, NotStored> {
        let mut delays = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(50))
            .with_max_delay(MAX_DELAY)
            .with_jitter()
            .without_max_times()
            .build();
        let mut tries = 0_u32;
        let mut patience = COMMIT_TIMEOUT;
        loop {
            let began = Instant::now();
            let committed = tokio::time::timeout(
                patience,
                commit(
                    &self.store,
                    &self.cache,
                    &self.channel,
                    candidates,
                    is_again || tries > 0,
                ),
            );
            let committed = tokio::select! {
                committed = committed => committed,
                () = self.grace_is_over() => return Err(NotStored::Stopping),
            };
            let (trouble, error) = match committed {
                Ok(Ok(committed)) => {
                    self.status.set_trouble(None);
                    self.metrics
                        .ingest
                        .committed(candidates.len(), began.elapsed());
                    if tries > 1 {
                        tracing::info!(tries, "storing works again");
                    }
                    return Ok(committed);
                }
                Ok(Err(error)) if error.remedy() == Remedy::SplitBatch => {
                    return Err(NotStored::Refused(error));
                }
                Ok(Err(error)) => (error.trouble(), error.to_string()),
                Err(_) => {
                    let error = format!("no commit within {} s", patience.as_secs());
                    patience = (patience * 2).min(MAX_COMMIT_TIMEOUT);
                    (Trouble::Slow, error)
                }
            };
            tries = tries.saturating_add(1);
            self.metrics.ingest.retries.inc();
            // A collision is no trouble: the next try will do.
            if trouble != Trouble::Contention || tries > CONTENTIONS {
                self.status.set_trouble(Some(trouble));
                if tries.is_power_of_two() {
                    tracing::warn!(
                        error,
                        messages = candidates.len(),
                        tries,
                        "{}; messages in hand wait, nothing is lost",
                        trouble.sentence()
                    );
                }
            }
            if self.has_to_leave() {
                return Err(NotStored::Stopping);
            }
            tokio::select! {
                () = tokio::time::sleep(delays.next().unwrap_or(MAX_DELAY)) => {}
                // One more try, and then it is time.
                () = self.stop.cancelled(), if !self.stop.is_cancelled() => {}
            }
        }
    }

    /// When it was time to stop, and a commit on its way had its time.
    async fn grace_is_over(&self) {
        self.stop.cancelled().await;
        tokio::time::sleep(self.grace).await;
    }

    /// Whether it is time to stop although messages in hand cannot be stored.
    fn has_to_leave(&self) -> bool {
        self.stop.is_cancelled() && self.status.trouble().is_some()
    }
}

/// PostgreSQL refuses this one row for ever: it goes to the quarantine.
fn set_aside(candidate: &mut Candidate, error: &StoreError) {
    // The message of such an error may quote the order; its code does not.
    tracing::error!(
        sequence = candidate.sequence.get(),
        sqlstate = error.sqlstate(),
        "PostgreSQL refuses a message; it is set aside"
    );
    candidate.order = Err(Rejection::of_message(
        Reason::Storage,
        format!("PostgreSQL refused this order: {error}"),
    ));
}
