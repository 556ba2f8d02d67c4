//! Storing batches, and everything that follows the commit.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use backon::{BackoffBuilder as _, ExponentialBuilder};
use orders::{OrderSummary, Reason, Rejection};
use time::OffsetDateTime;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Acknowledger, IngestStatus,
    commit::{Committed, commit},
    gather::Batch,
};
use crate::{
    cache::Cache,
    live::LiveFeed,
    metrics::Metrics,
    store::{Candidate, Fate, Remedy, Store, StoreError, StoredOrder, Trouble},
};

/// A commit that takes longer is given up and tried again: the connection is
/// likely dead. Each further try may take twice as long, since it may as well
/// be slow.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest that a try may take.
const MAX_COMMIT_TIMEOUT: Duration = Duration::from_secs(80);

/// Collisions with other transactions in a row that are nothing to speak of.
const CONTENTIONS: u32 = 3;

/// How long to wait before a message that even the quarantine refuses is tried
/// again.
const REFUSED_DELAY: Duration = Duration::from_secs(1);

/// Stores batches, and tells cache, live feed and the stream's server.
pub struct Writer {
    /// The channel whose messages these are.
    pub channel: String,
    /// Where they are stored.
    pub store: Store,
    /// Takes in each order after its commit.
    pub cache: Arc<Cache>,
    /// Is told of each order after its commit.
    pub live: Arc<LiveFeed>,
    /// Is told how it goes.
    pub status: Arc<IngestStatus>,
    /// Counts what becomes of messages.
    pub metrics: Arc<Metrics>,
    /// Acknowledges after the commit.
    pub acknowledger: Acknowledger,
    /// Told when it is time to stop: what cannot be stored then is left to be
    /// delivered again.
    pub stop: CancellationToken,
}

/// Why a batch was not stored.
enum NotStored {
    /// One of its rows can never be.
    Refused(StoreError),
    /// The service is stopping, and PostgreSQL is away.
    Stopping,
}

impl Writer {
    /// Stores `batches` until there are no more, then waits for the last
    /// acknowledgement. A batch is tried until it is stored.
    pub async fn run(self, mut batches: mpsc::Receiver<Batch>) {
        while let Some(mut batch) = batches.recv().await {
            if self.has_to_leave() {
                // Not acknowledged, so the server keeps it.
                continue;
            }
            let candidates = std::mem::take(&mut batch.candidates);
            let mut acks = std::mem::take(&mut batch.acks);
            for part in self.commit(candidates).await {
                self.show(&part);
                let rest = acks.split_off(part.candidates.len().min(acks.len()));
                self.acknowledger
                    .acknowledge(std::mem::replace(&mut acks, rest))
                    .await;
            }
        }
        self.acknowledger.finish().await;
    }

    /// Stores `candidates`, in parts where one of them can never be stored.
    async fn commit(&self, candidates: Vec<Candidate>) -> Vec<Part> {
        let mut done = Vec::with_capacity(1);
        let mut waiting = vec![candidates];
        while let Some(mut candidates) = waiting.pop() {
            match self.commit_patiently(&candidates).await {
                Ok(committed) => done.push(Part {
                    candidates,
                    committed,
                }),
                Err(NotStored::Stopping) => {
                    tracing::warn!(
                        "stopping while messages in hand cannot be stored; NATS Streaming keeps them"
                    );
                    return done;
                }
                Err(NotStored::Refused(error)) if candidates.len() == 1 => {
                    if candidates[0].order.is_err() {
                        // Even the quarantine refuses it. It is not given up,
                        // and it must not turn the processor either.
                        self.status.set_trouble(Some(Trouble::Refused));
                        tokio::time::sleep(REFUSED_DELAY).await;
                        if self.has_to_leave() {
                            return done;
                        }
                    }
                    set_aside(&mut candidates[0], &error);
                    waiting.push(candidates);
                }
                Err(NotStored::Refused(_)) => {
                    let second = candidates.split_off(candidates.len() / 2);
                    waiting.push(second);
                    waiting.push(candidates);
                }
            }
        }
        done
    }

    /// Stores `candidates`, as often as it takes while PostgreSQL is away.
    ///
    /// # Errors
    /// When one of the rows can never be stored, or when it is time to stop.
    async fn commit_patiently(&self, candidates: &[Candidate]) -> Result<Committed, NotStored> {
        let mut delays = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(50))
            .with_max_delay(Duration::from_secs(1))
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
                    tries > 0,
                ),
            );
            let (trouble, error) = match committed.await {
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
                () = tokio::time::sleep(delays.next().unwrap_or(Duration::from_secs(1))) => {}
                // One more try, and then it is time.
                () = self.stop.cancelled(), if !self.stop.is_cancelled() => {}
            }
        }
    }

    /// Whether it is time to stop although messages in hand cannot be stored.
    fn has_to_leave(&self) -> bool {
        self.stop.is_cancelled() && self.status.trouble().is_some()
    }

    /// Makes what was committed visible.
    fn show(&self, part: &Part) {
        let Committed {
            outcome,
            unseen,
            account,
        } = &part.committed;
        let mut summaries = Vec::new();
        for order in unseen {
            summaries.extend(order.summary());
            self.cache.insert(order.clone());
        }
        for (candidate, fate) in part.candidates.iter().zip(&outcome.fates) {
            if let (Fate::Stored(seq), Ok(order)) = (fate, &candidate.order) {
                self.cache.insert(StoredOrder {
                    order_uid: order.order_uid.clone(),
                    document: candidate.message.clone(),
                    seq: *seq,
                    channel: self.channel.clone(),
                    sequence: candidate.sequence,
                    published_at: candidate.published_at,
                    stored_at: outcome.stored_at,
                });
                summaries.push(OrderSummary::new(order, *seq, outcome.stored_at));
            }
        }
        summaries.sort_unstable_by_key(|summary| summary.seq);
        self.status.add_account(outcome.account);
        if let Some(account) = account {
            self.status.set_account(*account);
        }
        self.live.publish(summaries);
        self.count(part);
    }

    /// Counts what became of each, and says what was set aside: one line a
    /// batch, whatever is thrown into the channel.
    fn count(&self, part: &Part) {
        let metrics = &self.metrics.ingest;
        let account = part.committed.outcome.account;
        metrics.stored.inc_by(account.stored);
        metrics.repeats.inc_by(account.repeats);
        metrics.conflicts.inc_by(account.conflicts);
        let visible_at = OffsetDateTime::now_utc();
        let mut redelivered = 0;
        let mut set_aside: BTreeMap<&str, u64> = BTreeMap::new();
        let mut first = None;
        for (candidate, fate) in part.candidates.iter().zip(&part.committed.outcome.fates) {
            let reason = match (fate, &candidate.order) {
                (Fate::Stored(_), _) => {
                    let took = visible_at - candidate.published_at.get();
                    metrics.visible_after(took.as_seconds_f64());
                    continue;
                }
                (Fate::Redelivered, _) => {
                    redelivered += 1;
                    continue;
                }
                (Fate::Repeat, _) => continue,
                (Fate::Conflict, _) => Reason::Conflict,
                (Fate::Rejected, Err(rejection)) => rejection.reason,
                (Fate::Rejected, Ok(_)) => Reason::Storage,
            };
            if reason != Reason::Conflict {
                metrics.rejected.with_label_values(&[reason.as_str()]).inc();
            }
            *set_aside.entry(reason.as_str()).or_default() += 1;
            first.get_or_insert(candidate.sequence.get());
        }
        metrics.redelivered.inc_by(redelivered);
        self.status.add_redelivered(redelivered);
        if !set_aside.is_empty() {
            tracing::warn!(
                channel = self.channel,
                first_sequence = first,
                reasons = ?set_aside,
                "messages that are no valid orders were set aside"
            );
        }
    }
}

/// Candidates that were committed together.
struct Part {
    candidates: Vec<Candidate>,
    committed: Committed,
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
