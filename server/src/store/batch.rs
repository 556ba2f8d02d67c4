//! Storing a batch of messages: one transaction, and what became of each.

use std::collections::HashMap;

use orders::{Order, OrderUid, Reason, Rejection, RowSeq, Sequence, Timestamp};
use sqlx::{Connection as _, PgConnection, Row as _};
use time::OffsetDateTime;

use super::{Account, Store, StoreError, ledger, rejected};

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
    pub order: Result<Box<Order>, Rejection>,
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
        let mut transaction = self.pool.begin().await?;
        let outcome = store(&mut transaction, channel, candidates).await?;
        transaction.commit().await?;
        Ok(outcome)
    }
}

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
    let mut plan = Plan::new(candidates, &page.settled);
    insert_orders(connection, channel, candidates, stored_at, &mut plan).await?;
    settle_repeats(connection, candidates, &mut plan).await?;
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
    rejected::insert(connection, channel, stored_at, &quarantine).await?;
    let fates: Vec<Fate> = plan
        .fates
        .into_iter()
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
fn now() -> Timestamp {
    let now = OffsetDateTime::now_utc();
    let microseconds = now.microsecond();
    Timestamp::from(now.replace_microsecond(microseconds).unwrap_or(now))
}

fn conflict() -> Rejection {
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
struct Plan<'a> {
    fates: Vec<Option<Fate>>,
    /// The first candidate of each uid: it is the one to be inserted.
    firsts: HashMap<&'a str, usize>,
    /// Candidates whose uid an earlier candidate of this batch holds.
    later: Vec<(usize, usize)>,
}

impl<'a> Plan<'a> {
    fn new(candidates: &'a [Candidate], settled: &[bool]) -> Self {
        let mut plan = Self {
            fates: vec![None; candidates.len()],
            firsts: HashMap::new(),
            later: Vec::new(),
        };
        // The same delivery twice in one batch counts once.
        let mut seen = HashMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let repeated = seen.insert(candidate.sequence, at).is_some();
            if repeated || settled.get(at).copied().unwrap_or(false) {
                plan.fates[at] = Some(Fate::Redelivered);
                continue;
            }
            match &candidate.order {
                Err(_) => plan.fates[at] = Some(Fate::Rejected),
                Ok(order) => match plan.firsts.get(order.order_uid.as_str()) {
                    Some(&first) => plan.later.push((at, first)),
                    None => {
                        plan.firsts.insert(order.order_uid.as_str(), at);
                    }
                },
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
    let text = |field: fn(&Order) -> &str| {
        rows.iter()
            .map(|(_, order)| field(order))
            .collect::<Vec<_>>()
    };
    let documents: Vec<&str> = rows
        .iter()
        .map(|(candidate, _)| std::str::from_utf8(&candidate.message).unwrap_or_default())
        .collect();
    let inserted = sqlx::query(
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
    )
    .bind(text(|order| order.order_uid.as_str()))
    .bind(text(|order| &order.track_number))
    .bind(text(|order| &order.customer_id))
    .bind(
        rows.iter()
            .map(|(_, order)| order.date_created.get())
            .collect::<Vec<_>>(),
    )
    .bind(
        rows.iter()
            .map(|(candidate, _)| candidate.sequence.get())
            .collect::<Vec<_>>(),
    )
    .bind(
        rows.iter()
            .map(|(candidate, _)| candidate.published_at.get())
            .collect::<Vec<_>>(),
    )
    .bind(channel)
    .bind(stored_at.get())
    .bind(documents)
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

/// Decides, for every candidate whose uid was taken, whether it says the same.
async fn settle_repeats(
    connection: &mut PgConnection,
    candidates: &[Candidate],
    plan: &mut Plan<'_>,
) -> Result<(), StoreError> {
    let mut taken: Vec<usize> = plan
        .firsts
        .values()
        .copied()
        .filter(|&at| plan.fates[at].is_none())
        .chain(plan.later.iter().map(|&(at, _)| at))
        .collect();
    taken.sort_unstable();
    for at in taken {
        let Ok(order) = &candidates[at].order else {
            continue;
        };
        let same = is_same(connection, &order.order_uid, &candidates[at].message).await?;
        plan.fates[at] = Some(if same { Fate::Repeat } else { Fate::Conflict });
    }
    Ok(())
}

/// Whether the stored order `uid` says the same as `message`: the same bytes,
/// or the same JSON (order of keys, white space and the spelling of numbers
/// and escapes aside; PostgreSQL compares numbers exactly).
async fn is_same(
    connection: &mut PgConnection,
    uid: &OrderUid,
    message: &[u8],
) -> Result<bool, StoreError> {
    let message = std::str::from_utf8(message).unwrap_or_default();
    let identical: Option<bool> =
        sqlx::query_scalar("select document::text = $2 from orders where order_uid = $1")
            .bind(uid.as_str())
            .bind(message)
            .fetch_optional(&mut *connection)
            .await?;
    if identical == Some(true) {
        return Ok(true);
    }
    // A document may hold numbers that `jsonb` cannot: then the cast fails,
    // which would end the whole transaction but for the savepoint.
    let mut savepoint = connection.begin().await?;
    let equal = sqlx::query_scalar::<_, bool>(
        "select document::jsonb = $2::text::jsonb from orders where order_uid = $1",
    )
    .bind(uid.as_str())
    .bind(message)
    .fetch_optional(&mut *savepoint)
    .await;
    match equal {
        Ok(equal) => {
            savepoint.commit().await?;
            Ok(equal.unwrap_or(false))
        }
        Err(error) => {
            savepoint.rollback().await?;
            match StoreError::from(error) {
                error if error.is_transient() => Err(error),
                _ => Ok(false),
            }
        }
    }
}
