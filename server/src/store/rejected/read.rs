//! Reading the quarantine: lists, single messages, what was done with them.

use orders::{
    Outcome, QuarantineAction, QuarantineState, Reason, RejectedSummary, Sequence, Timestamp,
};
use sqlx::{Row as _, postgres::PgRow};
use time::OffsetDateTime;

use crate::store::{Store, StoreError};

/// A message in quarantine, whole.
#[derive(Clone, Debug)]
pub struct RejectedMessage {
    /// What is known of it.
    pub summary: RejectedSummary,
    /// Its bytes, exactly as they came.
    pub message: Vec<u8>,
}

/// Which messages of the quarantine are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarantineFilter {
    /// Only with this reason.
    pub reason: Option<Reason>,
    /// Only in this state.
    pub state: Option<QuarantineState>,
    /// Only what was set aside at this time or later.
    pub from: Option<Timestamp>,
    /// Only what was set aside before this time.
    pub to: Option<Timestamp>,
}

/// The columns of a [`RejectedSummary`], as a macro because SQL is written in
/// literals: a literal cannot be put together from user text.
macro_rules! select_rejected {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select id, state, reason, path, detail, order_uid, channel, sequence, published_at, ",
            "rejected_at, length(message)::bigint as size_bytes",
            $columns,
            " from rejected_messages ",
            $rest
        )
    };
}
pub(super) use select_rejected;

impl Store {
    /// At most `limit` messages of the quarantine below the id `before`, newest
    /// first.
    ///
    /// # Errors
    /// When PostgreSQL does not answer, or not in time.
    pub async fn rejected(
        &self,
        filter: QuarantineFilter,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<RejectedSummary>, StoreError> {
        let rows = sqlx::query(select_rejected!(
            "",
            "where ($1::text is null or reason = $1) and ($2::text is null or state = $2)
               and ($3::timestamptz is null or rejected_at >= $3)
               and ($4::timestamptz is null or rejected_at < $4)
               and ($5::bigint is null or id < $5)
             order by id desc
             limit $6"
        ))
        .bind(filter.reason.map(Reason::as_str))
        .bind(filter.state.map(QuarantineState::as_str))
        .bind(filter.from.map(Timestamp::get))
        .bind(filter.to.map(Timestamp::get))
        .bind(before)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_summary).collect()
    }

    /// How many messages of the quarantine there are of each reason, most
    /// first. The filter's own reason is not looked at.
    ///
    /// # Errors
    /// When PostgreSQL does not answer, or not in time.
    pub async fn count_rejected(
        &self,
        filter: QuarantineFilter,
    ) -> Result<Vec<(Reason, u64)>, StoreError> {
        let rows = sqlx::query(
            "select reason, count(*) as messages
             from rejected_messages
             where ($1::text is null or state = $1)
               and ($2::timestamptz is null or rejected_at >= $2)
               and ($3::timestamptz is null or rejected_at < $3)
             group by reason
             order by messages desc, reason",
        )
        .bind(filter.state.map(QuarantineState::as_str))
        .bind(filter.from.map(Timestamp::get))
        .bind(filter.to.map(Timestamp::get))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let messages: i64 = row.try_get("messages")?;
                Ok((read_reason(row)?, messages.unsigned_abs()))
            })
            .collect()
    }

    /// At most `limit` ids of open messages above `after` and up to `until`,
    /// oldest first. The filter's own state is not looked at.
    ///
    /// # Errors
    /// When PostgreSQL does not answer, or not in time.
    pub async fn open_rejected(
        &self,
        filter: QuarantineFilter,
        after: i64,
        until: i64,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        Ok(sqlx::query_scalar(
            "select id
             from rejected_messages
             where state = 'open' and ($1::text is null or reason = $1)
               and ($2::timestamptz is null or rejected_at >= $2)
               and ($3::timestamptz is null or rejected_at < $3)
               and id > $4 and id <= $5
             order by id
             limit $6",
        )
        .bind(filter.reason.map(Reason::as_str))
        .bind(filter.from.map(Timestamp::get))
        .bind(filter.to.map(Timestamp::get))
        .bind(after)
        .bind(until)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?)
    }

    /// The newest id in the quarantine; 0 while it is empty.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn newest_rejected(&self) -> Result<i64, StoreError> {
        Ok(
            sqlx::query_scalar("select coalesce(max(id), 0) from rejected_messages")
                .fetch_one(&self.readers)
                .await?,
        )
    }

    /// One message of the quarantine, whole.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn rejected_message(&self, id: i64) -> Result<Option<RejectedMessage>, StoreError> {
        let row = sqlx::query(select_rejected!(", message", "where id = $1"))
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read_message).transpose()
    }

    /// Everything that was done with a message of the quarantine, newest first;
    /// `None` when there is no such message.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn rejected_actions(
        &self,
        message_id: i64,
    ) -> Result<Option<Vec<QuarantineAction>>, StoreError> {
        let rows = sqlx::query(
            "select done.id, done.outcome, done.order_uid, done.note, done.at
             from rejected_messages as message
                  left join rejected_actions as done on done.message_id = message.id
             where message.id = $1
             order by done.id desc",
        )
        .bind(message_id)
        .fetch_all(&self.readers)
        .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        rows.iter()
            .filter_map(|row| match row.try_get::<Option<i64>, _>("id") {
                Ok(None) => None,
                Ok(Some(id)) => Some(read_action(row, id)),
                Err(error) => Some(Err(error.into())),
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }
}

pub(super) fn read_message(row: &PgRow) -> Result<RejectedMessage, StoreError> {
    Ok(RejectedMessage {
        summary: read_summary(row)?,
        message: row.try_get("message")?,
    })
}

fn read_summary(row: &PgRow) -> Result<RejectedSummary, StoreError> {
    Ok(RejectedSummary {
        id: row.try_get("id")?,
        state: QuarantineState::from_name(row.try_get("state")?)
            .ok_or(StoreError::Corrupt("a rejected message's state"))?,
        reason: read_reason(row)?,
        path: row.try_get("path")?,
        detail: row.try_get("detail")?,
        order_uid: row.try_get("order_uid")?,
        channel: row.try_get("channel")?,
        sequence: Sequence::new(row.try_get("sequence")?),
        published_at: read_moment(row, "published_at")?,
        rejected_at: read_moment(row, "rejected_at")?,
        size_bytes: row.try_get("size_bytes")?,
    })
}

fn read_action(row: &PgRow, id: i64) -> Result<QuarantineAction, StoreError> {
    Ok(QuarantineAction {
        id,
        outcome: Outcome::from_name(row.try_get("outcome")?)
            .ok_or(StoreError::Corrupt("an action's outcome"))?,
        order_uid: row.try_get("order_uid")?,
        note: row.try_get("note")?,
        at: read_moment(row, "at")?,
    })
}

fn read_reason(row: &PgRow) -> Result<Reason, StoreError> {
    Reason::from_name(row.try_get("reason")?)
        .ok_or(StoreError::Corrupt("a rejected message's reason"))
}

fn read_moment(row: &PgRow, column: &str) -> Result<Timestamp, StoreError> {
    Ok(Timestamp::from(row.try_get::<OffsetDateTime, _>(column)?))
}
