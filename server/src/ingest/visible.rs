//! What follows a commit: orders are seen, and everything is counted.

use std::collections::BTreeMap;

use orders::Reason;
use time::OffsetDateTime;

use super::{Writer, commit::Committed};
use crate::{
    live::NewOrder,
    store::{Candidate, Fate, StoredOrder},
};

/// Candidates that were committed together.
pub(super) struct Part {
    pub(super) candidates: Vec<Candidate>,
    pub(super) committed: Committed,
}

impl Writer {
    /// Makes what was committed visible.
    pub(super) fn show(&self, part: &Part) {
        let Committed {
            outcome,
            unseen,
            account,
        } = &part.committed;
        let unseen: Vec<_> = unseen
            .iter()
            .filter_map(|stored| {
                self.cache.insert(stored.clone());
                Some((stored.order()?, stored.seq, stored.stored_at))
            })
            .collect();
        let mut shown: Vec<_> = unseen
            .iter()
            .map(|(order, seq, stored_at)| (order, NewOrder::new(order, *seq, *stored_at)))
            .collect();
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
                shown.push((order, NewOrder::new(order, *seq, outcome.stored_at)));
            }
        }
        shown.sort_unstable_by_key(|(_, new)| new.row.seq);
        self.search
            .append(shown.iter().map(|(order, new)| (&new.row, *order)));
        self.status.add_account(outcome.account);
        if let Some(account) = account {
            self.status.set_account(*account);
        }
        self.live
            .publish(shown.into_iter().map(|(_, new)| new).collect());
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
                channel = self.channel,
                first_sequence = first,
                reasons = ?set_aside,
                "messages that are no valid orders were set aside"
            );
        }
    }
}
