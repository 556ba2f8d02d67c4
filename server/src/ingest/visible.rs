//! What follows a commit: orders are seen, and everything is counted.

use std::{collections::BTreeMap, sync::Arc};

use orders::Reason;
use time::OffsetDateTime;
use tokio::sync::mpsc;

use super::{Acknowledge, Acknowledger, IngestStatus, commit::Committed};
use crate::{
    cache::Cache,
    history::History,
    live::{LiveFeed, NewOrder},
    metrics::Metrics,
    search::SearchIndex,
    store::{Candidate, Fate, StoredOrder},
};

/// Candidates that were committed together.
pub struct Part {
    pub(super) candidates: Vec<Candidate>,
    pub(super) committed: Committed,
    pub(super) acks: Vec<Box<dyn Acknowledge>>,
}

/// Makes what was committed visible, and then acknowledges it.
pub struct Visible {
    /// The channel whose messages these are.
    pub channel: Arc<str>,
    /// Takes in each order.
    pub cache: Arc<Cache>,
    /// Makes orders searchable.
    pub search: Arc<SearchIndex>,
    /// Is told of each order.
    pub live: Arc<LiveFeed>,
    /// Remembers how long orders took to become visible.
    pub history: Arc<History>,
    /// Is told what the account adds up to.
    pub status: Arc<IngestStatus>,
    /// Counts what becomes of messages.
    pub metrics: Arc<Metrics>,
    /// Acknowledges.
    pub acknowledger: Acknowledger,
}

impl Visible {
    /// Shows `parts` in the order of their commits until there are no more,
    /// then waits for the last acknowledgement.
    pub async fn run(self, mut parts: mpsc::Receiver<Part>) {
        while let Some(mut part) = parts.recv().await {
            let acks = std::mem::take(&mut part.acks);
            self.show(&mut part);
            self.acknowledger.acknowledge(acks).await;
        }
        self.acknowledger.finish().await;
    }

    fn show(&self, part: &mut Part) {
        let outcome = &part.committed.outcome;
        let mut shown: Vec<NewOrder> = Vec::with_capacity(part.candidates.len());
        for stored in &part.committed.unseen {
            // The part before this one may have shown it.
            if self.cache.document(stored.order_uid.as_str()).is_none() {
                self.cache.insert(stored.clone());
                shown.extend(NewOrder::of(stored));
            }
        }
        for (candidate, fate) in part.candidates.iter_mut().zip(&outcome.fates) {
            let (Fate::Stored(seq), Ok(order)) = (*fate, &candidate.order) else {
                continue;
            };
            self.cache.insert(StoredOrder {
                order_uid: order.order_uid.clone(),
                document: std::mem::take(&mut candidate.message),
                seq,
                channel: Arc::clone(&self.channel),
                sequence: candidate.sequence,
                published_at: candidate.published_at,
                stored_at: outcome.stored_at,
            });
            shown.push(NewOrder::new(Arc::clone(order), seq, outcome.stored_at));
        }
        shown.sort_unstable_by_key(NewOrder::seq);
        self.search
            .append(shown.iter().map(|new| (&new.row, &*new.order)));
        self.status.add_account(outcome.account);
        if let Some(account) = part.committed.account {
            self.status.set_account(account);
        }
        self.live.publish(shown);
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
                    self.history.saw_visible(took);
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
                channel = &*self.channel,
                first_sequence = first,
                reasons = ?set_aside,
                "messages that are no valid orders were set aside"
            );
        }
    }
}
