//! What is done with a message in quarantine is written down with it.

use orders::{Outcome, QuarantineState, Timestamp};
use sqlx::PgConnection;

use super::{
    read::{RejectedMessage, read_message, select_rejected},
    storable,
};
use crate::store::{Store, StoreError, announce, batch::now};

/// What came of an action on one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision<T> {
    /// There is no message with this id.
    NoSuchMessage,
    /// It was decided before; nothing was done.
    Closed(QuarantineState),
    /// It was done.
    Done(T),
}

impl Store {
    /// Discards an open message: it is no order, and never will be. Its bytes
    /// stay.
    ///
    /// # Errors
    /// When PostgreSQL does not answer; then nothing was done, unless the
    /// connection broke during the commit.
    pub async fn discard(&self, id: i64, note: &str) -> Result<Decision<()>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let message = match open(&mut transaction, id).await? {
            Decision::Done(message) => message,
            Decision::Closed(state) => return Ok(Decision::Closed(state)),
            Decision::NoSuchMessage => return Ok(Decision::NoSuchMessage),
        };
        let uid = message.summary.order_uid.as_deref();
        record(&mut transaction, id, Outcome::Discarded, uid, note, now()).await?;
        sqlx::query("update rejected_messages set state = $2 where id = $1")
            .bind(id)
            .bind(Outcome::Discarded.state().as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Decision::Done(()))
    }
}

/// Locks a message that is still open.
pub(super) async fn open(
    connection: &mut PgConnection,
    id: i64,
) -> Result<Decision<RejectedMessage>, StoreError> {
    let row = sqlx::query(select_rejected!(", message", "where id = $1 for update"))
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Decision::NoSuchMessage);
    };
    let message = read_message(&row)?;
    Ok(match message.summary.state {
        QuarantineState::Open => Decision::Done(message),
        state => Decision::Closed(state),
    })
}

/// Writes down what was done with a message, and tells every instance when it
/// is committed. Returns the action's id.
pub(super) async fn record(
    connection: &mut PgConnection,
    message_id: i64,
    outcome: Outcome,
    order_uid: Option<&str>,
    note: &str,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar(
        "insert into rejected_actions (message_id, action, outcome, order_uid, note, at)
         values ($1, $2, $3, $4, $5, $6)
         returning id",
    )
    .bind(message_id)
    .bind(outcome.action())
    .bind(outcome.as_str())
    .bind(order_uid)
    .bind(storable(note))
    .bind(at.get())
    .fetch_one(&mut *connection)
    .await?;
    announce::tell(connection).await?;
    Ok(id)
}
