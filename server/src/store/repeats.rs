//! An order whose uid is taken: a repeat, or a conflict.

use orders::OrderUid;
use sqlx::{Connection as _, PgConnection};

use super::{Candidate, Fate, StoreError, plan::Plan};

/// Decides, for every candidate whose uid was taken, whether it says the same
/// as the stored order: the same bytes, or the same JSON (order of keys, white
/// space and the spelling of numbers and escapes aside; PostgreSQL compares
/// numbers exactly).
pub(super) async fn settle(
    connection: &mut PgConnection,
    candidates: &[Candidate],
    plan: &mut Plan<'_>,
) -> Result<(), StoreError> {
    let taken: Vec<(usize, &OrderUid, &str)> = plan
        .taken()
        .into_iter()
        .filter_map(|at| {
            let order = candidates[at].order.as_ref().ok()?;
            let document = std::str::from_utf8(&candidates[at].message).ok()?;
            Some((at, &order.order_uid, document))
        })
        .collect();
    if taken.is_empty() {
        return Ok(());
    }
    let identical: Vec<bool> = sqlx::query_scalar(
        "select orders.document::text = taken.document
         from unnest($1::text[], $2::text[]) with ordinality as taken (order_uid, document, place)
              join orders using (order_uid)
         order by place",
    )
    .bind(
        taken
            .iter()
            .map(|(_, uid, _)| uid.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(
        taken
            .iter()
            .map(|(_, _, document)| *document)
            .collect::<Vec<_>>(),
    )
    .fetch_all(&mut *connection)
    .await?;
    if identical.len() != taken.len() {
        return Err(StoreError::Corrupt("an order that was there and is gone"));
    }
    for ((at, uid, document), identical) in taken.into_iter().zip(identical) {
        let same = identical || is_equal(connection, uid, document).await?;
        plan.fates[at] = Some(if same { Fate::Repeat } else { Fate::Conflict });
    }
    Ok(())
}

/// Whether the stored order `uid` is the same JSON as `document`.
pub(super) async fn is_equal(
    connection: &mut PgConnection,
    uid: &OrderUid,
    document: &str,
) -> Result<bool, StoreError> {
    // A document may hold numbers that `jsonb` cannot: then the cast fails,
    // which would end the whole transaction but for the savepoint.
    let mut savepoint = connection.begin().await?;
    let equal = sqlx::query_scalar::<_, bool>(
        "select document::jsonb = $2::text::jsonb from orders where order_uid = $1",
    )
    .bind(uid.as_str())
    .bind(document)
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
