//! What of a channel is not settled yet, by comparing the ledger with what the
//! stream's server says of the channel.

use orders::Sequence;
use serde::Serialize;
use sqlx::Row as _;

use super::{Store, StoreError};

/// The most ranges that are listed; all sequences are counted.
const MAX_RANGES: i64 = 100;

/// What the stream's server says of a channel and a subscription to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelView {
    /// The oldest message that it holds; one past the last if it holds none.
    pub first: Sequence,
    /// The newest message it ever took.
    pub last: Sequence,
    /// The newest message that it delivered to the subscription; 0 before the
    /// first.
    pub last_sent: Sequence,
    /// Messages that it delivered and that were not acknowledged yet.
    pub pending: u64,
}

impl ChannelView {
    /// A channel before its first message.
    pub const EMPTY: Self = Self {
        first: Sequence::new(1),
        last: Sequence::new(0),
        last_sent: Sequence::new(0),
        pending: 0,
    };

    /// Whether the server holds messages for the subscription. What it dropped
    /// before it could deliver it stays beyond `last_sent` for ever.
    pub fn has_work(&self) -> bool {
        self.pending > 0 || self.last_sent.get().max(self.first.get() - 1) < self.last.get()
    }
}

/// Sequences of a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sequences {
    /// How many.
    pub count: u64,
    /// Which, both ends included, in order; the first hundred ranges.
    pub ranges: Vec<(i64, i64)>,
}

/// What of a channel is not settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// The ledger's page: 1, and one more for each time the channel started
    /// over; 0 before the first message.
    pub incarnation: i32,
    /// One past the highest sequence that was settled; 0 before the first.
    pub settled_end: i64,
    /// Held by the server and not settled: to be delivered, in hand, or
    /// missing.
    pub held: u64,
    /// Held by the server, delivered at some time or passed over by the
    /// durable position, and not settled.
    pub passed: Sequences,
    /// Dropped by the server before they were settled.
    pub forgotten: Sequences,
}

impl Outstanding {
    /// Messages that the durable position has passed although nobody dealt
    /// with them, when `pending` are still to be acknowledged. What was
    /// acknowledged was settled before, so whatever is neither settled nor
    /// pending never came here.
    pub fn missing(&self, pending: u64) -> u64 {
        self.passed.count.saturating_sub(pending)
    }
}

impl Store {
    /// Compares the ledger of `channel` with `view`, which must have been taken
    /// before. `starts_over` says that the server's channel was seen to begin
    /// anew and no message of it was settled yet.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn outstanding(
        &self,
        channel: &str,
        view: ChannelView,
        starts_over: bool,
    ) -> Result<Outstanding, StoreError> {
        let row = sqlx::query(
            "with page as (
                 select incarnation, settled
                 from ledger
                 where channel = $1
                 order by incarnation desc
                 limit 1
             ), known as (
                 select coalesce((select incarnation from page), 0) as incarnation,
                        coalesce((select upper(settled) from page), 0) as settled_end,
                        case when $5 then '{}' else coalesce((select settled from page), '{}') end
                            as settled
             ), compared as (
                 select incarnation,
                        settled_end,
                        int8multirange(int8range($2, greatest($3, $2 - 1) + 1)) - settled as held,
                        int8multirange(int8range($2, greatest(least($4, $3), $2 - 1) + 1)) - settled
                            as passed,
                        int8multirange(int8range(1, greatest($2, 1))) - settled as forgotten
                 from known
             )
             select incarnation,
                    settled_end,
                    (select coalesce(sum(upper(r) - lower(r)), 0)::bigint from unnest(held) r) as held,
                    (select coalesce(sum(upper(r) - lower(r)), 0)::bigint from unnest(passed) r) as passed,
                    (select coalesce(sum(upper(r) - lower(r)), 0)::bigint from unnest(forgotten) r)
                        as forgotten,
                    array(select lower(r) from unnest(passed) r order by 1 limit $6) as passed_from,
                    array(select upper(r) - 1 from unnest(passed) r order by 1 limit $6) as passed_to,
                    array(select lower(r) from unnest(forgotten) r order by 1 limit $6)
                        as forgotten_from,
                    array(select upper(r) - 1 from unnest(forgotten) r order by 1 limit $6)
                        as forgotten_to
             from compared",
        )
        .bind(channel)
        .bind(view.first.get().max(1))
        .bind(view.last.get())
        .bind(view.last_sent.get())
        .bind(starts_over)
        .bind(MAX_RANGES)
        .fetch_one(&self.readers)
        .await?;
        let sequences = |count: &str, from: &str, to: &str| -> Result<Sequences, sqlx::Error> {
            let (from, to): (Vec<i64>, Vec<i64>) = (row.try_get(from)?, row.try_get(to)?);
            Ok(Sequences {
                count: row.try_get::<i64, _>(count)?.unsigned_abs(),
                ranges: from.into_iter().zip(to).collect(),
            })
        };
        Ok(Outstanding {
            incarnation: row.try_get("incarnation")?,
            settled_end: row.try_get("settled_end")?,
            held: row.try_get::<i64, _>("held")?.unsigned_abs(),
            passed: sequences("passed", "passed_from", "passed_to")?,
            forgotten: sequences("forgotten", "forgotten_from", "forgotten_to")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use orders::Sequence;

    use super::{ChannelView, Outstanding, Sequences};

    #[test]
    fn what_was_dropped_is_no_work() {
        let view = |first, last, last_sent, pending| ChannelView {
            first: Sequence::new(first),
            last: Sequence::new(last),
            last_sent: Sequence::new(last_sent),
            pending,
        };
        assert!(view(1, 2, 1, 0).has_work());
        assert!(view(1, 2, 2, 1).has_work());
        assert!(!view(1, 2, 2, 0).has_work());
        assert!(
            !view(3, 2, 1, 0).has_work(),
            "the second one expired unsent"
        );
        assert!(!view(1, 0, 0, 0).has_work(), "an empty channel");
    }

    #[test]
    fn what_is_pending_is_not_missing() {
        let outstanding = Outstanding {
            passed: Sequences {
                count: 5,
                ranges: vec![(1, 5)],
            },
            ..Outstanding::default()
        };
        assert_eq!(outstanding.missing(0), 5);
        assert_eq!(outstanding.missing(3), 2);
        assert_eq!(outstanding.missing(8), 0);
    }
}
