//! The quarantine: messages that are no valid order.

mod action;
mod follow;
mod read;
mod replay;
mod write;

use std::collections::HashSet;

use orders::{Rejection, Sequence, Timestamp};
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

pub use action::Decision;
pub use follow::{Opening, Replay, forget_old};
pub use read::{QuarantineFilter, RejectedMessage};
pub use replay::Replayed;

use super::{Candidate, StoreError};

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
