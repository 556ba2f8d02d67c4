//! Trying a message in quarantine again: one transaction, and what came of it.

use bytes::Bytes;
use orders::{Order, Outcome, Reason, Rejection, RowSeq, Timestamp};
use sqlx::{Connection as _, PgConnection, Row as _};

use super::{
    action::{Decision, open, record},
    read::RejectedMessage,
    storable,
};
use crate::store::{
    Remedy, Store, StoreError, StoredOrder,
    batch::{conflict, now},
    repeats::is_equal,
};

/// What a replay did.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// What came of it.
    pub outcome: Outcome,
    /// Where it is written down.
    pub action: i64,
    /// The order that the message became.
    pub order: Option<StoredOrder>,
    /// Why it is still no order.
    pub rejection: Option<Rejection>,
    /// Where in the quarantine the order is whose place it took.
    pub displaced: Option<i64>,
}

/// What becomes of a message before it is written down.
struct Fate {
    outcome: Outcome,
    order_uid: Option<String>,
    order: Option<StoredOrder>,
    rejection: Option<Rejection>,
    displaced: Option<i64>,
}

impl Store {
    /// Reads an open message again, by the rules of today, and stores it if it
    /// is an order now. With `replace` it takes the place of another order with
    /// its uid; that one goes into the quarantine, byte for byte.
    ///
    /// Two at the same time are harmless: the second finds the message closed.
    ///
    /// # Errors
    /// When PostgreSQL does not answer; then nothing was done, unless the
    /// connection broke during the commit.
    pub async fn replay(
        &self,
        id: i64,
        replace: bool,
        max_order_bytes: usize,
    ) -> Result<Decision<Replayed>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let message = match open(&mut transaction, id).await? {
            Decision::Done(message) => message,
            Decision::Closed(state) => return Ok(Decision::Closed(state)),
            Decision::NoSuchMessage => return Ok(Decision::NoSuchMessage),
        };
        let at = now();
        let fate = decide(&mut transaction, &message, replace, max_order_bytes, at).await?;
        let action = write_down(&mut transaction, &message, &fate, at).await?;
        transaction.commit().await?;
        Ok(Decision::Done(Replayed {
            outcome: fate.outcome,
            action,
            order: fate.order,
            rejection: fate.rejection,
            displaced: fate.displaced,
        }))
    }
}

async fn decide(
    connection: &mut PgConnection,
    message: &RejectedMessage,
    replace: bool,
    max_order_bytes: usize,
    at: Timestamp,
) -> Result<Fate, StoreError> {
    let order = match orders::parse(&message.message, max_order_bytes) {
        Ok(order) => order,
        Err(rejection) => return Ok(Fate::invalid(rejection)),
    };
    let document = std::str::from_utf8(&message.message)
        .map_err(|_| StoreError::Corrupt("an order that is no text"))?;
    match write_order(connection, INSERT, message, &order, document, at).await? {
        Written::Row(seq) => {
            return Ok(Fate::order(Outcome::Stored, message, &order, seq, at));
        }
        Written::Refused(rejection) => return Ok(Fate::invalid(rejection)),
        Written::Nothing => {}
    }
    let stored = sqlx::query(
        "select document::text = $2 as is_identical from orders where order_uid = $1 for update",
    )
    .bind(order.order_uid.as_str())
    .bind(document)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(StoreError::Corrupt("an order that was there and is gone"))?;
    let uid = Some(order.order_uid.to_string());
    if stored.try_get("is_identical")? || is_equal(connection, &order.order_uid, document).await? {
        return Ok(Fate {
            order_uid: uid,
            ..Fate::of(Outcome::Repeat)
        });
    }
    if !replace {
        return Ok(Fate {
            order_uid: uid,
            rejection: Some(conflict()),
            ..Fate::of(Outcome::Conflict)
        });
    }
    let displaced = displace(connection, &order, message.summary.id, at).await?;
    match write_order(connection, REPLACE, message, &order, document, at).await? {
        Written::Row(seq) => Ok(Fate {
            displaced: Some(displaced),
            ..Fate::order(Outcome::Replaced, message, &order, seq, at)
        }),
        // Nothing may stay of the displacement: the transaction has to end.
        Written::Refused(_) => Err(StoreError::Corrupt("an order that PostgreSQL refuses")),
        Written::Nothing => Err(StoreError::Corrupt("an order that was there and is gone")),
    }
}

impl Fate {
    const fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            order_uid: None,
            order: None,
            rejection: None,
            displaced: None,
        }
    }

    fn invalid(rejection: Rejection) -> Self {
        Self {
            rejection: Some(rejection),
            ..Self::of(Outcome::Invalid)
        }
    }

    fn order(
        outcome: Outcome,
        message: &RejectedMessage,
        order: &Order,
        seq: RowSeq,
        stored_at: Timestamp,
    ) -> Self {
        Self {
            order_uid: Some(order.order_uid.to_string()),
            order: Some(StoredOrder {
                order_uid: order.order_uid.clone(),
                document: Bytes::copy_from_slice(&message.message),
                seq,
                channel: message.summary.channel.clone(),
                sequence: message.summary.sequence,
                published_at: message.summary.published_at,
                stored_at,
            }),
            ..Self::of(outcome)
        }
    }

    fn note(&self) -> String {
        match (&self.displaced, &self.rejection) {
            (Some(displaced), _) => format!("The order before it is message {displaced}."),
            // Said by the outcome itself.
            (None, Some(rejection)) if rejection.reason == Reason::Conflict => String::new(),
            (None, Some(rejection)) => rejection.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// What writing a row came to.
enum Written {
    Row(RowSeq),
    /// There was no row to write: the uid is taken, or free.
    Nothing,
    /// PostgreSQL can never store it.
    Refused(Rejection),
}

const INSERT: &str =
    "insert into orders (order_uid, track_number, customer_id, date_created, channel, sequence,
                         published_at, stored_at, document)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::json)
     on conflict on constraint orders_pkey do nothing
     returning seq";

/// It becomes the newest row: whoever follows the rows by their seq sees it.
const REPLACE: &str = "update orders
     set seq = default, track_number = $2, customer_id = $3, date_created = $4, channel = $5,
         sequence = $6, published_at = $7, stored_at = $8, document = $9::text::json
     where order_uid = $1
     returning seq";

async fn write_order(
    connection: &mut PgConnection,
    statement: &'static str,
    message: &RejectedMessage,
    order: &Order,
    document: &str,
    at: Timestamp,
) -> Result<Written, StoreError> {
    // What PostgreSQL refuses would end the whole transaction but for the
    // savepoint.
    let mut savepoint = connection.begin().await?;
    let seq = sqlx::query_scalar::<_, i64>(statement)
        .bind(order.order_uid.as_str())
        .bind(&order.track_number)
        .bind(&order.customer_id)
        .bind(order.date_created.get())
        .bind(&message.summary.channel)
        .bind(message.summary.sequence.get())
        .bind(message.summary.published_at.get())
        .bind(at.get())
        .bind(document)
        .fetch_optional(&mut *savepoint)
        .await;
    match seq.map_err(StoreError::from) {
        Ok(seq) => {
            savepoint.commit().await?;
            Ok(seq.map_or(Written::Nothing, |seq| Written::Row(RowSeq::new(seq))))
        }
        Err(error) if error.remedy() == Remedy::SplitBatch => {
            savepoint.rollback().await?;
            Ok(Written::Refused(Rejection::of_message(
                Reason::Storage,
                format!("PostgreSQL refused this order: {error}"),
            )))
        }
        Err(error) => Err(error),
    }
}

/// Puts the stored order with the uid of `order` into the quarantine, as the
/// message that it was. One that came from there is opened again.
async fn displace(
    connection: &mut PgConnection,
    order: &Order,
    by: i64,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let Rejection {
        reason,
        path,
        detail: _,
    } = conflict();
    let displaced = sqlx::query(
        "insert into rejected_messages (reason, path, detail, order_uid, channel, sequence,
                                        published_at, rejected_at, message, displaced)
         select $2, $3, $4, order_uid, channel, sequence, published_at, $5,
                convert_to(document::text, 'UTF8'), true
         from orders
         where order_uid = $1
         on conflict on constraint rejected_messages_message_key
             do update set state = 'open', reason = $2, path = $3, detail = $4,
                           order_uid = excluded.order_uid
             where rejected_messages.message = excluded.message
         returning id",
    )
    .bind(order.order_uid.as_str())
    .bind(reason.as_str())
    .bind(&path)
    .bind(format!(
        "an operator made message {by} the order with this uid"
    ))
    .bind(at.get())
    .fetch_optional(&mut *connection)
    .await?
    // Another message at the same position and time: nothing is lost, for
    // nothing is done.
    .ok_or(StoreError::Corrupt("the position of a displaced order"))?;
    let id = displaced.try_get("id")?;
    let note = format!("Message {by} took its place.");
    let uid = Some(order.order_uid.as_str());
    record(connection, id, Outcome::Displaced, uid, &note, at).await?;
    Ok(id)
}

async fn write_down(
    connection: &mut PgConnection,
    message: &RejectedMessage,
    fate: &Fate,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let summary = &message.summary;
    let (reason, path, detail) = match &fate.rejection {
        Some(rejection) => (
            rejection.reason,
            storable(&rejection.path),
            storable(&rejection.detail),
        ),
        None => (summary.reason, summary.path.clone(), summary.detail.clone()),
    };
    sqlx::query(
        "update rejected_messages
         set state = $2, reason = $3, path = $4, detail = $5, order_uid = $6
         where id = $1",
    )
    .bind(summary.id)
    .bind(fate.outcome.state().as_str())
    .bind(reason.as_str())
    .bind(path)
    .bind(detail)
    .bind(&fate.order_uid)
    .execute(&mut *connection)
    .await?;
    record(
        connection,
        summary.id,
        fate.outcome,
        fate.order_uid.as_deref(),
        &fate.note(),
        at,
    )
    .await
}
