//! The account of a channel: which messages were dealt with, and how.

use std::fmt::Write as _;

use orders::{Sequence, Timestamp};
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

use super::{Store, StoreError};

/// How often a page that others begin at the same time is looked for.
const PAGE_TRIES: u32 = 3;

/// What became of a channel's messages: each is counted once, however often it
/// was delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Became an order.
    pub stored: u64,
    /// Repeated a stored order.
    pub repeats: u64,
    /// Claimed the uid of a stored order, with other content.
    pub conflicts: u64,
    /// No valid order.
    pub rejected: u64,
}

impl Account {
    /// Messages dealt with.
    pub const fn received(&self) -> u64 {
        self.stored + self.repeats + self.conflicts + self.rejected
    }
}

impl std::ops::AddAssign for Account {
    fn add_assign(&mut self, other: Self) {
        self.stored += other.stored;
        self.repeats += other.repeats;
        self.conflicts += other.conflicts;
        self.rejected += other.rejected;
    }
}

/// A page of the ledger: a channel from one loss of its store to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerPage {
    /// 1, and one more for each time the channel started over.
    pub incarnation: i32,
    /// One past the highest sequence that was settled; 0 before the first.
    pub settled_end: i64,
    /// How many sequences were settled.
    pub settled: u64,
    /// What became of them.
    pub account: Account,
}

/// One page of the ledger, locked until the transaction ends.
pub(super) struct OpenPage {
    incarnation: i32,
    /// For each message asked about: whether it was dealt with before.
    pub(super) settled: Vec<bool>,
}

/// Locks the ledger's current page of `channel` and looks up `messages`, given
/// by position and time. A channel that was seen to start over gets a new page.
pub(super) async fn open(
    connection: &mut PgConnection,
    channel: &str,
    messages: &[(Sequence, Timestamp)],
) -> Result<OpenPage, StoreError> {
    // A page that somebody else begins meanwhile is looked at in its turn.
    for _ in 0..PAGE_TRIES {
        let incarnation = match lock(connection, channel, messages).await? {
            Some((page, false)) => return Ok(page),
            Some((page, true)) => {
                let incarnation = page.incarnation + 1;
                tracing::warn!(
                    channel,
                    incarnation,
                    "the channel counts from the start again: NATS Streaming lost its store; a new \
                     page of the ledger begins"
                );
                incarnation
            }
            None => 1,
        };
        sqlx::query(
            "insert into ledger (channel, incarnation) values ($1, $2) on conflict do nothing",
        )
        .bind(channel)
        .bind(incarnation)
        .execute(&mut *connection)
        .await?;
    }
    Err(StoreError::Busy)
}

/// Locks the current page, and says whether the channel starts over on the
/// next one.
async fn lock(
    connection: &mut PgConnection,
    channel: &str,
    messages: &[(Sequence, Timestamp)],
) -> Result<Option<(OpenPage, bool)>, StoreError> {
    let sequences: Vec<i64> = messages
        .iter()
        .map(|(sequence, _)| sequence.get())
        .collect();
    let found = sqlx::query(
        "with page as (
             select incarnation, settled, last_published_at
             from ledger
             where channel = $1
             order by incarnation desc
             limit 1
             for update
         )
         select incarnation,
                nullif(last_published_at, '-infinity') as last_published_at,
                coalesce(upper(settled), 0) as settled_end,
                array(select settled @> sequence
                      from unnest($2::bigint[]) with ordinality as asked (sequence, place)
                      order by place) as settled
         from page",
    )
    .bind(channel)
    .bind(&sequences)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let last_published_at: Option<OffsetDateTime> = row.try_get("last_published_at")?;
    let settled_end: i64 = row.try_get("settled_end")?;
    // Timestamps of a channel never go back. A position within what was
    // settled, but with a later time, is another message: the channel's store
    // was lost and it counts from 1 again.
    let starts_over = last_published_at.is_some_and(|last| {
        messages
            .iter()
            .any(|(sequence, at)| sequence.get() < settled_end && at.get() > last)
    });
    let page = OpenPage {
        incarnation: row.try_get("incarnation")?,
        settled: row.try_get("settled")?,
    };
    Ok(Some((page, starts_over)))
}

/// Writes down that `messages` were dealt with as `account` counts them.
pub(super) async fn settle(
    connection: &mut PgConnection,
    channel: &str,
    page: &OpenPage,
    messages: &[(Sequence, Timestamp)],
    account: Account,
) -> Result<(), StoreError> {
    let last_published_at = messages.iter().map(|(_, at)| at.get()).max();
    sqlx::query(
        "update ledger
         set settled = settled + $3::text::int8multirange,
             last_published_at = greatest(last_published_at, $4),
             stored = stored + $5,
             repeats = repeats + $6,
             conflicts = conflicts + $7,
             rejected = rejected + $8
         where channel = $1 and incarnation = $2",
    )
    .bind(channel)
    .bind(page.incarnation)
    .bind(multirange(
        messages.iter().map(|(sequence, _)| sequence.get()),
    ))
    .bind(last_published_at)
    .bind(count(account.stored))
    .bind(count(account.repeats))
    .bind(count(account.conflicts))
    .bind(count(account.rejected))
    .execute(connection)
    .await?;
    Ok(())
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The sequences as PostgreSQL writes an `int8multirange`.
fn multirange(sequences: impl Iterator<Item = i64>) -> String {
    let mut sorted: Vec<i64> = sequences.collect();
    sorted.sort_unstable();
    let mut text = String::from("{");
    let mut rest = sorted.as_slice();
    while let Some(&start) = rest.first() {
        let mut end = start;
        while let Some((&next, tail)) = rest.split_first()
            && next <= end + 1
        {
            end = next;
            rest = tail;
        }
        if text.len() > 1 {
            text.push(',');
        }
        write!(text, "[{start},{end}]").expect("a String takes all text");
    }
    text.push('}');
    text
}

impl Store {
    /// The present page of the ledger of `channel`; an empty page 0 before its
    /// first message.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn current_page(&self, channel: &str) -> Result<LedgerPage, StoreError> {
        let found = sqlx::query(
            "select incarnation, stored, repeats, conflicts, rejected,
                    coalesce(upper(settled), 0) as settled_end,
                    (select coalesce(sum(upper(r) - lower(r)), 0)::bigint
                     from unnest(settled) as r) as settled
             from ledger
             where channel = $1
             order by incarnation desc
             limit 1",
        )
        .bind(channel)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = found else {
            return Ok(LedgerPage::default());
        };
        let column = |name| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
        Ok(LedgerPage {
            incarnation: row.try_get("incarnation")?,
            settled_end: row.try_get("settled_end")?,
            settled: column("settled")?,
            account: Account {
                stored: column("stored")?,
                repeats: column("repeats")?,
                conflicts: column("conflicts")?,
                rejected: column("rejected")?,
            },
        })
    }

    /// The account of `channel`, over all its incarnations.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn account(&self, channel: &str) -> Result<Account, StoreError> {
        let row = sqlx::query(
            "select coalesce(sum(stored), 0)::bigint as stored,
                    coalesce(sum(repeats), 0)::bigint as repeats,
                    coalesce(sum(conflicts), 0)::bigint as conflicts,
                    coalesce(sum(rejected), 0)::bigint as rejected
             from ledger
             where channel = $1",
        )
        .bind(channel)
        .fetch_one(&self.pool)
        .await?;
        let column = |name| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
        Ok(Account {
            stored: column("stored")?,
            repeats: column("repeats")?,
            conflicts: column("conflicts")?,
            rejected: column("rejected")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::multirange;

    #[test]
    fn neighbours_become_one_range() {
        let cases: [(&[i64], &str); 4] = [
            (&[], "{}"),
            (&[7], "{[7,7]}"),
            (&[3, 1, 2, 2], "{[1,3]}"),
            (&[1, 2, 5, 9, 10], "{[1,2],[5,5],[9,10]}"),
        ];
        for (sequences, expected) in cases {
            assert_eq!(multirange(sequences.iter().copied()), expected);
        }
    }
}
