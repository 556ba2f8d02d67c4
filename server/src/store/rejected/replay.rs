//! Trying a message in quarantine again: one transaction, and what came of it.

use bytes::Bytes;
use orders::{Order, Outcome, Reason, Rejection, RowSeq, Timestamp};
use sqlx::{PgConnection, Row as _};

use super::{
    action::{Decision, open, record},
    read::RejectedMessage,
    storable,
    write::{INSERT, REPLACE, Written, displace, write_order},
};
use crate::store::{
    Store, StoreError, StoredOrder,
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
                channel: message.summary.channel.as_str().into(),
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
