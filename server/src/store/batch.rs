//! Storing a batch of messages, and what became of each.

use std::sync::Arc;

use orders::{Order, Reason, Rejection, RowSeq, Sequence, Timestamp};
use sqlx::{Connection as _, PgConnection, Row as _};
use time::OffsetDateTime;

use super::{Account, OrderColumns, Store, StoreError, ledger, plan::Plan, rejected, repeats};

/// Stores a batch of orders that all have a uid of their own, and counts them.
const STORE_ORDERS: &str = "select stored_uid as order_uid, stored_seq as seq
     from store_orders($7, $8, $1, $2, $3, $4, $5, $6, $9)";

/// Stores those whose uid is not taken.
const INSERT_ORDERS: &str =
    "insert into orders (order_uid, track_number, customer_id, date_created, channel,
                         sequence, published_at, stored_at, document)
     select order_uid, track_number, customer_id, date_created, $7,
            sequence, published_at, $8, document::json
     from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[],
                 $6::timestamptz[], $9::text[])
          with ordinality as batch (order_uid, track_number, customer_id, date_created,
                                    sequence, published_at, document, place)
     order by place
     on conflict on constraint orders_pkey do nothing
     returning order_uid, seq";

/// A message with what validation made of it.
#[derive(Debug)]
pub struct Candidate {
    /// Its position in the channel.
    pub sequence: Sequence,
    /// When NATS Streaming took it.
    pub published_at: Timestamp,
    /// Its bytes.
    pub message: bytes::Bytes,
    /// The order that it holds, or why it holds none.
    pub order: Result<Arc<Order>, Rejection>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It became the order in this row.
    Stored(RowSeq),
    /// It repeats a stored order.
    Repeat,
    /// It claims the uid of a stored order, with other content: quarantined.
    Conflict,
    /// It is no valid order: quarantined.
    Rejected,
    /// It had been dealt with before this delivery.
    Redelivered,
}

/// Messages that are stored together.
struct Batch<'a> {
    channel: &'a str,
    candidates: &'a [Candidate],
    stored_at: Timestamp,
}

/// What became of a batch.
#[derive(Debug)]
pub struct Outcome {
    /// For each candidate, in their order.
    pub fates: Vec<Fate>,
    /// When the batch was stored.
    pub stored_at: Timestamp,
    /// What it adds to the channel's account.
    pub account: Account,
}

impl Store {
    /// Stores `candidates`, all from `channel`: each as an order or in the
    /// quarantine, in one transaction with its line in the ledger.
    ///
    /// A batch of orders that are all new, as nearly every batch is, is one call
    /// of one function; whatever that leaves is a second transaction.
    ///
    /// Dropping the future before it ends leaves any of the two stored or not;
    /// storing the same candidates again is harmless.
    ///
    /// # Errors
    /// A part may be stored all the same. [`StoreError::remedy`] says what to do.
    pub async fn store_batch(
        &self,
        channel: &str,
        candidates: &[Candidate],
    ) -> Result<Outcome, StoreError> {
        let mut lent = self.batches.lend(&self.pool).await?;
        let outcome = store(lent.connection(), channel, candidates).await?;
        lent.give_back();
        Ok(outcome)
    }
}

async fn store(
    connection: &mut PgConnection,
    channel: &str,
    candidates: &[Candidate],
) -> Result<Outcome, StoreError> {
    let stored_at = now();
    let batch = Batch {
        channel,
        candidates,
        stored_at,
    };
    let mut plan = Plan::new(candidates);
    if plan.has_only_own_uids() {
        insert(connection, &batch, STORE_ORDERS, &mut plan).await?;
    }
    let rest = plan.not_stored();
    if !rest.is_empty() {
        let mut transaction = connection.begin().await?;
        settle(&mut transaction, &batch, &rest, &mut plan).await?;
        transaction.commit().await?;
    }
    let fates: Vec<Fate> = plan
        .fates
        .into_iter()
        .collect::<Option<_>>()
        .ok_or(StoreError::Corrupt("a batch's fate"))?;
    Ok(Outcome {
        account: account_of(fates.iter()),
        fates,
        stored_at,
    })
}

/// Settles the candidates at `rest`.
///
/// The ledger only counts; it never decides that a message need not be stored.
/// A position that it knows may be another message's, if the channel started
/// over while the clock went back: such an order finds no row, and becomes one.
async fn settle(
    connection: &mut PgConnection,
    batch: &Batch<'_>,
    rest: &[usize],
    plan: &mut Plan<'_>,
) -> Result<(), StoreError> {
    let Batch {
        channel,
        candidates,
        stored_at,
    } = *batch;
    let message = |at: usize| (candidates[at].sequence, candidates[at].published_at);
    let messages: Vec<_> = rest.iter().map(|&at| message(at)).collect();
    let page = ledger::open(connection, channel, &messages).await?;
    insert(connection, batch, INSERT_ORDERS, plan).await?;
    repeats::settle(connection, candidates, plan).await?;
    let quarantine: Vec<_> = rest
        .iter()
        .filter_map(|&at| match (plan.fates[at], &candidates[at].order) {
            (Some(Fate::Rejected), Err(rejection)) => {
                Some((&candidates[at], rejection.clone(), None))
            }
            (Some(Fate::Conflict), Ok(order)) => {
                Some((&candidates[at], conflict(), Some(order.order_uid.as_str())))
            }
            _ => None,
        })
        .collect();
    let set_aside = rejected::insert(connection, channel, stored_at, &quarantine).await?;
    let mut news = Vec::with_capacity(rest.len());
    for (&at, settled) in rest.iter().zip(page.settled.iter().copied()) {
        let is_new = match plan.fates[at] {
            Some(Fate::Stored(_)) => true,
            Some(Fate::Repeat | Fate::Redelivered) => !settled,
            Some(Fate::Rejected | Fate::Conflict) => !settled || set_aside.contains(&message(at)),
            None => return Err(StoreError::Corrupt("a batch's fate")),
        };
        if !is_new {
            plan.fates[at] = Some(Fate::Redelivered);
        }
        news.extend(
            plan.fates[at]
                .filter(|fate| *fate != Fate::Redelivered)
                .map(|fate| (at, fate)),
        );
    }
    let account = account_of(news.iter().map(|(_, fate)| fate));
    if account.received() > 0 {
        let settled: Vec<_> = news.iter().map(|&(at, _)| message(at)).collect();
        ledger::settle(connection, channel, &page, &settled, account).await?;
    }
    Ok(())
}

/// The present, as precise as PostgreSQL keeps it.
pub(super) fn now() -> Timestamp {
    let now = OffsetDateTime::now_utc();
    let microseconds = now.microsecond();
    Timestamp::from(now.replace_microsecond(microseconds).unwrap_or(now))
}

/// Why an order with a known uid and other content is set aside.
pub(super) fn conflict() -> Rejection {
    Rejection {
        reason: Reason::Conflict,
        path: "order_uid".to_owned(),
        detail: "another order with this uid and other content came first".to_owned(),
    }
}

fn account_of<'a>(fates: impl Iterator<Item = &'a Fate>) -> Account {
    let mut account = Account::default();
    for fate in fates {
        match fate {
            Fate::Stored(_) => account.stored += 1,
            Fate::Repeat => account.repeats += 1,
            Fate::Conflict => account.conflicts += 1,
            Fate::Rejected => account.rejected += 1,
            Fate::Redelivered => {}
        }
    }
    account
}

/// Inserts by `statement` the first candidate of each uid, in the order of the
/// channel, and notes which became rows.
async fn insert(
    connection: &mut PgConnection,
    batch: &Batch<'_>,
    statement: &'static str,
    plan: &mut Plan<'_>,
) -> Result<(), StoreError> {
    let rows: Vec<(&Candidate, &Order)> = plan
        .firsts()
        .into_iter()
        .filter_map(|at| {
            let candidate = &batch.candidates[at];
            Some((candidate, candidate.order.as_deref().ok()?))
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let columns = OrderColumns::encode(batch.channel, batch.stored_at, &rows)?;
    let inserted = sqlx::query_with(statement, columns.into_arguments())
        .fetch_all(connection)
        .await?;
    for row in inserted {
        plan.stored(row.try_get("order_uid")?, RowSeq::new(row.try_get("seq")?))?;
    }
    Ok(())
}
