//! Following what operators decide, from whatever process.

use orders::{OrderUid, Outcome};
use sqlx::Row as _;

use crate::store::{Account, Store, StoreError};

/// How many actions back the follower looks again: transactions commit in
/// another order than that in which they took their numbers.
const LOOK_BACK: i64 = 1_000;

/// What a process starts from, all of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The account of its channel.
    pub account: Account,
    /// Orders in the store.
    pub orders: u64,
    /// Messages in quarantine that nobody has decided on.
    pub open: u64,
    /// The newest action; 0 before the first.
    pub newest_action: i64,
    /// Those of the last thousand actions that made an order.
    pub replays: Vec<i64>,
}

/// An action that made a message an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The action.
    pub action: i64,
    /// Whether there was no such order before.
    pub is_new: bool,
    /// The order.
    pub order_uid: OrderUid,
}

impl Store {
    /// What a process that works for `channel` starts from.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn opening(&self, channel: &str) -> Result<Opening, StoreError> {
        // One statement sees one moment.
        let row = sqlx::query(
            "select (select coalesce(sum(stored), 0)::bigint from ledger where channel = $1) as stored,
                    (select coalesce(sum(repeats), 0)::bigint from ledger where channel = $1) as repeats,
                    (select coalesce(sum(conflicts), 0)::bigint from ledger where channel = $1) as conflicts,
                    (select coalesce(sum(rejected), 0)::bigint from ledger where channel = $1) as rejected,
                    (select count(*) from orders) as orders,
                    (select count(*) from rejected_messages where state = 'open') as open,
                    (select coalesce(max(id), 0) from rejected_actions) as newest_action,
                    array(select id from rejected_actions
                          where id > (select max(id) from rejected_actions) - $2
                            and outcome in ('stored', 'replaced')) as replays",
        )
        .bind(channel)
        .bind(LOOK_BACK)
        .fetch_one(&self.pool)
        .await?;
        let column = |name| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
        Ok(Opening {
            account: Account {
                stored: column("stored")?,
                repeats: column("repeats")?,
                conflicts: column("conflicts")?,
                rejected: column("rejected")?,
            },
            orders: column("orders")?,
            open: column("open")?,
            newest_action: row.try_get("newest_action")?,
            replays: row.try_get("replays")?,
        })
    }

    /// Actions that made a message an order, oldest first: all after `action`,
    /// and those of the thousand before it.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn replays_around(&self, action: i64) -> Result<Vec<Replay>, StoreError> {
        let rows = sqlx::query(
            "select id, outcome, order_uid
             from rejected_actions
             where id > $1 and outcome in ('stored', 'replaced')
             order by id",
        )
        .bind(action - LOOK_BACK)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Replay {
                    action: row.try_get("id")?,
                    is_new: row.try_get::<&str, _>("outcome")? == Outcome::Stored.as_str(),
                    order_uid: row
                        .try_get::<&str, _>("order_uid")?
                        .parse()
                        .map_err(|_| StoreError::Corrupt("an action's order_uid"))?,
                })
            })
            .collect()
    }

    /// How many messages in quarantine nobody has decided on.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn count_open(&self) -> Result<u64, StoreError> {
        let open: i64 =
            sqlx::query_scalar("select count(*) from rejected_messages where state = 'open'")
                .fetch_one(&self.readers)
                .await?;
        Ok(open.unsigned_abs())
    }
}

/// Forgets what [`Store::replays_around`] will not give again.
pub fn forget_old(seen: &mut std::collections::BTreeSet<i64>, newest: i64) {
    *seen = seen.split_off(&(newest - LOOK_BACK));
}
