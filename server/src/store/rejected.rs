//! The quarantine: messages that are no valid order.

use std::collections::HashSet;

use orders::{Reason, Rejection, Sequence, Timestamp};
use serde::Serialize;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use time::OffsetDateTime;

use super::{Candidate, Store, StoreError};

/// A message in quarantine, without its bytes.
#[derive(Clone, Debug, Serialize)]
pub struct RejectedSummary {
    /// Its number in the quarantine.
    pub id: i64,
    /// The kind of fault.
    pub reason: Reason,
    /// Where in the document; empty for the whole message.
    pub path: String,
    /// A sentence for people.
    pub detail: String,
    /// The stored order whose uid a conflicting message claims.
    pub order_uid: Option<String>,
    /// The channel through which it came.
    pub channel: String,
    /// Its position there.
    pub sequence: Sequence,
    /// When NATS Streaming took it.
    pub published_at: Timestamp,
    /// When it was set aside.
    pub rejected_at: Timestamp,
    /// Its length in bytes.
    pub size_bytes: i64,
}

/// A message in quarantine, whole.
#[derive(Clone, Debug)]
pub struct RejectedMessage {
    /// What is known of it.
    pub summary: RejectedSummary,
    /// Its bytes, exactly as they came.
    pub message: Vec<u8>,
}

/// Which messages of the quarantine are asked for, newest first.
#[derive(Clone, Copy, Debug)]
pub struct RejectedFilter {
    /// Only with this reason.
    pub reason: Option<Reason>,
    /// Only those with smaller ids.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// Puts messages into the quarantine, each with its rejection and, for a
/// conflict, the uid it claims. One that is there already stays as it is.
/// Returns those that were not.
pub(super) async fn insert(
    connection: &mut PgConnection,
    channel: &str,
    rejected_at: Timestamp,
    messages: &[(&Candidate, Rejection, Option<&str>)],
) -> Result<HashSet<(Sequence, Timestamp)>, StoreError> {
    if messages.is_empty() {
        return Ok(HashSet::new());
    }
    let rejections = || messages.iter().map(|(_, rejection, _)| rejection);
    let candidates = || messages.iter().map(|(candidate, _, _)| candidate);
    let inserted = sqlx::query(
        "insert into rejected_messages (reason, path, detail, order_uid, channel, sequence,
                                        published_at, rejected_at, message)
         select reason, path, detail, order_uid, $8, sequence, published_at, $9, message
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                     $6::timestamptz[], $7::bytea[])
              with ordinality as batch (reason, path, detail, order_uid, sequence,
                                        published_at, message, place)
         order by place
         on conflict on constraint rejected_messages_message_key do nothing
         returning sequence, published_at",
    )
    .bind(
        rejections()
            .map(|rejection| rejection.reason.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(
        rejections()
            .map(|rejection| storable(&rejection.path))
            .collect::<Vec<_>>(),
    )
    .bind(
        rejections()
            .map(|rejection| storable(&rejection.detail))
            .collect::<Vec<_>>(),
    )
    .bind(messages.iter().map(|(_, _, uid)| *uid).collect::<Vec<_>>())
    .bind(
        candidates()
            .map(|candidate| candidate.sequence.get())
            .collect::<Vec<_>>(),
    )
    .bind(
        candidates()
            .map(|candidate| candidate.published_at.get())
            .collect::<Vec<_>>(),
    )
    .bind(
        candidates()
            .map(|candidate| candidate.message.as_ref())
            .collect::<Vec<_>>(),
    )
    .bind(channel)
    .bind(rejected_at.get())
    .fetch_all(connection)
    .await?;
    inserted
        .iter()
        .map(|row| {
            let published_at: OffsetDateTime = row.try_get("published_at")?;
            Ok((
                Sequence::new(row.try_get("sequence")?),
                Timestamp::from(published_at),
            ))
        })
        .collect()
}

/// PostgreSQL's text cannot hold NUL, and a rejection may quote one.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

const COLUMNS: &str = "id, reason, path, detail, order_uid, channel, sequence, published_at,
                       rejected_at, length(message)::bigint as size_bytes";

impl Store {
    /// The quarantine, newest first.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn rejected(
        &self,
        filter: RejectedFilter,
    ) -> Result<Vec<RejectedSummary>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS}
             from rejected_messages
             where ($1::text is null or reason = $1) and ($2::bigint is null or id < $2)
             order by id desc
             limit $3"
        )))
        .bind(filter.reason.map(Reason::as_str))
        .bind(filter.before)
        .bind(i64::try_from(filter.limit).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_summary).collect()
    }

    /// One message of the quarantine, whole.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn rejected_message(&self, id: i64) -> Result<Option<RejectedMessage>, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS}, message from rejected_messages where id = $1"
        )))
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            Ok(RejectedMessage {
                summary: read_summary(&row)?,
                message: row.try_get("message")?,
            })
        })
        .transpose()
    }
}

fn read_summary(row: &PgRow) -> Result<RejectedSummary, StoreError> {
    let moment = |column| {
        row.try_get::<OffsetDateTime, _>(column)
            .map(Timestamp::from)
    };
    Ok(RejectedSummary {
        id: row.try_get("id")?,
        reason: Reason::from_name(row.try_get("reason")?)
            .ok_or(StoreError::Corrupt("a rejected message's reason"))?,
        path: row.try_get("path")?,
        detail: row.try_get("detail")?,
        order_uid: row.try_get("order_uid")?,
        channel: row.try_get("channel")?,
        sequence: Sequence::new(row.try_get("sequence")?),
        published_at: moment("published_at")?,
        rejected_at: moment("rejected_at")?,
        size_bytes: row.try_get("size_bytes")?,
    })
}
