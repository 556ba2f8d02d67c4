//! What is kept, beside what the ledger says was kept.

use serde::Serialize;
use sqlx::Row as _;

use super::{Store, StoreError};

/// Rows of all channels, of one moment, beside those that there have to be:
/// nothing that was stored or set aside is ever deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Orders in the table.
    pub orders: u64,
    /// Messages that the ledger counts as stored.
    pub stored: u64,
    /// Messages that a replay made an order beside those.
    pub replayed: u64,
    /// Messages in quarantine that came through a channel.
    pub set_aside: u64,
    /// Messages that the ledger counts as conflicts or rejected.
    pub refused: u64,
    /// Messages in quarantine that nobody has decided on.
    pub open: u64,
}

impl Kept {
    /// What is wrong, one sentence each.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let expected = self.stored + self.replayed;
        if self.orders != expected {
            problems.push(format!(
                "{} orders are in the database; the ledger and the history of the quarantine say {expected}.",
                self.orders
            ));
        }
        if self.set_aside != self.refused {
            problems.push(format!(
                "{} messages are in quarantine; the ledger says {}.",
                self.set_aside, self.refused
            ));
        }
        problems
    }
}

impl Store {
    /// Counts what is kept.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn kept(&self) -> Result<Kept, StoreError> {
        // One statement sees one moment. It may take longer than a reader's.
        let row = sqlx::query(
            "select (select count(*) from orders) as orders,
                    (select coalesce(sum(stored), 0)::bigint from ledger) as stored,
                    (select count(*) from rejected_actions where outcome = 'stored') as replayed,
                    (select count(*) from rejected_messages where not displaced) as set_aside,
                    (select coalesce(sum(conflicts + rejected), 0)::bigint from ledger) as refused,
                    (select count(*) from rejected_messages where state = 'open') as open",
        )
        .fetch_one(&self.pool)
        .await?;
        let column = |name| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
        Ok(Kept {
            orders: column("orders")?,
            stored: column("stored")?,
            replayed: column("replayed")?,
            set_aside: column("set_aside")?,
            refused: column("refused")?,
            open: column("open")?,
        })
    }
}
