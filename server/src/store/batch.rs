//! Storing a batch of messages: one transaction, and what became of each.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use orders::{Order, Reason, Rejection, RowSeq, Sequence, Timestamp};
use sqlx::{Connection as _, PgConnection, Postgres, Row as _, pool::PoolConnection};
use time::OffsetDateTime;

use super::{Account, OrderColumns, Store, StoreError, ledger, rejected, repeats};

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
    /// Stores `candidates`, all from `channel`, in one transaction: orders,
    /// quarantine and ledger together, or nothing.
    ///
    /// Dropping the future before it ends leaves either all or nothing stored;
    /// storing the same candidates again is harmless.
    ///
    /// # Errors
    /// Nothing was stored, unless the connection broke during the commit.
    /// [`StoreError::remedy`] says what to do.
    pub async fn store_batch(
        &self,
        channel: &str,
        candidates: &[Candidate],
    ) -> Result<Outcome, StoreError> {
        let mut connection = Unfinished(Some(self.pool.acquire().await?));
        let outcome = match &mut connection.0 {
            Some(connection) => {
                let mut transaction = connection.begin().await?;
                let outcome = store(&mut transaction, channel, candidates).await?;
                transaction.commit().await?;
                outcome
            }
            None => return Err(StoreError::Corrupt("a connection")),
        };
        connection.0.take();
        Ok(outcome)
    }
}

/// A connection in the middle of a transaction. Dropped so, it is closed: in
/// the pool it would wait for its answer, perhaps for ever, and be missing.
struct Unfinished(Option<PoolConnection<Postgres>>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(connection.detach());
        }
    }
}

/// The ledger only counts; it never decides that a message need not be stored.
/// A position that it knows may be another message's, if the channel started
/// over while the clock went back: such an order finds no row, and becomes one.
async fn store(
    connection: &mut PgConnection,
    channel: &str,
    candidates: &[Candidate],
) -> Result<Outcome, StoreError> {
    let stored_at = now();
    let messages: Vec<_> = candidates
        .iter()
        .map(|candidate| (candidate.sequence, candidate.published_at))
        .collect();
    let page = ledger::open(connection, channel, &messages).await?;
    let mut plan = Plan::new(candidates);
    insert_orders(connection, channel, candidates, stored_at, &mut plan).await?;
    repeats::settle(connection, candidates, &mut plan).await?;
    let quarantine: Vec<_> = candidates
        .iter()
        .zip(&plan.fates)
        .filter_map(|(candidate, fate)| match (fate, &candidate.order) {
            (Some(Fate::Rejected), Err(rejection)) => Some((candidate, rejection.clone(), None)),
            (Some(Fate::Conflict), Ok(order)) => {
                Some((candidate, conflict(), Some(order.order_uid.as_str())))
            }
            _ => None,
        })
        .collect();
    let set_aside = rejected::insert(connection, channel, stored_at, &quarantine).await?;
    let fates: Vec<Fate> = plan
        .fates
        .iter()
        .zip(candidates)
        .zip(&page.settled)
        .map(|((fate, candidate), &settled)| {
            let fate = (*fate)?;
            let is_new = match fate {
                Fate::Stored(_) => true,
                Fate::Repeat | Fate::Redelivered => !settled,
                Fate::Rejected | Fate::Conflict => {
                    !settled || set_aside.contains(&(candidate.sequence, candidate.published_at))
                }
            };
            Some(if is_new { fate } else { Fate::Redelivered })
        })
        .collect::<Option<_>>()
        .ok_or(StoreError::Corrupt("a batch's fate"))?;
    let account = account_of(&fates);
    if account.received() > 0 {
        let settled: Vec<_> = messages
            .iter()
            .zip(&fates)
            .filter(|(_, fate)| **fate != Fate::Redelivered)
            .map(|(message, _)| *message)
            .collect();
        ledger::settle(connection, channel, &page, &settled, account).await?;
    }
    Ok(Outcome {
        fates,
        stored_at,
        account,
    })
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

fn account_of(fates: &[Fate]) -> Account {
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

/// What is known of each candidate so far.
pub(super) struct Plan<'a> {
    pub(super) fates: Vec<Option<Fate>>,
    /// The first candidate of each uid: it is the one to be inserted.
    firsts: HashMap<&'a str, usize>,
    /// Candidates whose uid an earlier candidate of this batch holds.
    later: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// The candidates whose uid was taken, in the order of the batch.
    pub(super) fn taken(&self) -> Vec<usize> {
        let mut taken: Vec<usize> = self
            .firsts
            .values()
            .copied()
            .filter(|&at| self.fates[at].is_none())
            .chain(self.later.iter().copied())
            .collect();
        taken.sort_unstable();
        taken
    }

    fn new(candidates: &'a [Candidate]) -> Self {
        let mut plan = Self {
            fates: vec![None; candidates.len()],
            firsts: HashMap::new(),
            later: Vec::new(),
        };
        let mut seen = HashSet::new();
        for (at, candidate) in candidates.iter().enumerate() {
            // The same delivery twice in one batch counts once.
            if !seen.insert((candidate.sequence, candidate.published_at)) {
                plan.fates[at] = Some(Fate::Redelivered);
                continue;
            }
            match &candidate.order {
                Err(_) => plan.fates[at] = Some(Fate::Rejected),
                Ok(order) => {
                    if plan.firsts.contains_key(order.order_uid.as_str()) {
                        plan.later.push(at);
                    } else {
                        plan.firsts.insert(order.order_uid.as_str(), at);
                    }
                }
            }
        }
        plan
    }
}

/// Inserts the first candidate of each uid, in the order of the channel, and
/// notes which became rows.
async fn insert_orders(
    connection: &mut PgConnection,
    channel: &str,
    candidates: &[Candidate],
    stored_at: Timestamp,
    plan: &mut Plan<'_>,
) -> Result<(), StoreError> {
    let mut firsts: Vec<usize> = plan.firsts.values().copied().collect();
    if firsts.is_empty() {
        return Ok(());
    }
    firsts.sort_unstable();
    let rows: Vec<(&Candidate, &Order)> = firsts
        .iter()
        .filter_map(|&at| Some((&candidates[at], candidates[at].order.as_deref().ok()?)))
        .collect();
    let columns = OrderColumns::encode(channel, stored_at, &rows)?;
    let inserted = sqlx::query_with(
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
         returning order_uid, seq",
        columns.into_arguments(),
    )
    .fetch_all(connection)
    .await?;
    for row in inserted {
        let uid: &str = row.try_get("order_uid")?;
        let &at = plan
            .firsts
            .get(uid)
            .ok_or(StoreError::Corrupt("a returned order_uid"))?;
        plan.fates[at] = Some(Fate::Stored(RowSeq::new(row.try_get("seq")?)));
    }
    Ok(())
}
