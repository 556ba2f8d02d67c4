//! A message of the quarantine takes its row among the orders.

use orders::{Order, Outcome, Reason, Rejection, RowSeq, Timestamp};
use sqlx::{Connection as _, PgConnection, Row as _};

use super::{action::record, read::RejectedMessage};
use crate::store::{Remedy, StoreError, batch::conflict};

/// What writing a row came to.
pub(super) enum Written {
    Row(RowSeq),
    /// There was no row to write: the uid is taken, or free.
    Nothing,
    /// PostgreSQL can never store it.
    Refused(Rejection),
}

/// A row of its own, where the uid is free.
pub(super) const INSERT: &str =
    "insert into orders (order_uid, track_number, customer_id, date_created, channel, sequence,
                         published_at, stored_at, document)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::json)
     on conflict on constraint orders_pkey do nothing
     returning seq";

/// It becomes the newest row: whoever follows the rows by their seq sees it.
pub(super) const REPLACE: &str = "update orders
     set seq = default, track_number = $2, customer_id = $3, date_created = $4, channel = $5,
         sequence = $6, published_at = $7, stored_at = $8, document = $9::text::json
     where order_uid = $1
     returning seq";

/// Writes the message's row by [`INSERT`] or [`REPLACE`].
pub(super) async fn write_order(
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
pub(super) async fn displace(
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
