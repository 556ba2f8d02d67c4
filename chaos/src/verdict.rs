//! What became of acknowledged messages.

use std::collections::HashMap;

use anyhow::Context as _;
use futures::{StreamExt as _, stream};
use rig::Service;
use sqlx::{PgPool, Row as _};

use crate::load::Acknowledged;

/// Uids that are asked for at once.
const CHUNK: usize = 1_000;

/// Requests to the service at once.
const CONCURRENCY: usize = 16;

/// What became of acknowledged messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Acknowledged, and nowhere.
    pub lost: u64,
    /// There, with other bytes.
    pub altered: u64,
    /// There more than once.
    pub double: u64,
    /// The first of them, for whoever looks for the cause.
    pub examples: Vec<String>,
}

impl Verdict {
    fn example(&mut self, what: &str, uid: &str) {
        if self.examples.len() < 10 {
            self.examples.push(format!("{what}: {uid}"));
        }
    }
}

/// How much is in the database, to compare before and after.
#[derive(Clone, Copy, Debug, Default)]
pub struct Census {
    /// Rows of orders.
    pub orders: i64,
    /// Messages that the ledger counts as orders.
    pub counted: i64,
    /// Messages in quarantine.
    pub rejected: i64,
}

/// Counts what the database holds.
pub async fn census(pool: &PgPool) -> anyhow::Result<Census> {
    let row = sqlx::query(
        "select (select count(*) from orders) as orders,
                (select coalesce(sum(stored), 0)::bigint from ledger) as counted,
                (select count(*) from rejected_messages) as rejected",
    )
    .fetch_one(pool)
    .await
    .context("the database cannot be counted")?;
    Ok(Census {
        orders: row.try_get("orders")?,
        counted: row.try_get("counted")?,
        rejected: row.try_get("rejected")?,
    })
}

/// Looks for every acknowledged message in the database and at the service.
pub async fn judge(
    pool: &PgPool,
    service: &Service,
    acknowledged: &Acknowledged,
    before: Census,
) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::default();
    let uids: Vec<&String> = acknowledged.orders.keys().collect();
    for chunk in uids.chunks(CHUNK) {
        let stored = rows(pool, chunk).await?;
        let expected = chunk
            .iter()
            .map(|uid| (uid.as_str(), &acknowledged.orders[*uid]));
        compare(expected, &stored, &mut verdict);
    }
    let mut answers = stream::iter(&acknowledged.orders)
        .map(|(uid, bytes)| async move { (uid, bytes, service.order(uid).await) })
        .buffer_unordered(CONCURRENCY);
    while let Some((uid, bytes, answer)) = answers.next().await {
        match answer {
            None => {
                verdict.lost += 1;
                verdict.example("stored and not answered", uid);
            }
            Some(answer) if answer != *bytes => {
                verdict.altered += 1;
                verdict.example("answered with other bytes", uid);
            }
            Some(_) => {}
        }
    }
    let now = census(pool).await?;
    if now.orders != now.counted {
        verdict.double += now.orders.abs_diff(now.counted);
        verdict.example("rows and ledger differ", &format!("{now:?}"));
    }
    let set_aside = (now.rejected - before.rejected).unsigned_abs();
    if set_aside < acknowledged.poison {
        verdict.lost += acknowledged.poison - set_aside;
        verdict.example(
            "not in quarantine",
            &format!("{set_aside} of {}", acknowledged.poison),
        );
    }
    Ok(verdict)
}

async fn rows(pool: &PgPool, uids: &[&String]) -> anyhow::Result<Vec<(String, String)>> {
    let rows = sqlx::query(
        "select order_uid, document::text as document from orders where order_uid = any($1)",
    )
    .bind(uids)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("order_uid")?, row.try_get("document")?)))
        .collect()
}

/// Compares what was acknowledged with the rows of a table.
fn compare<'a>(
    expected: impl Iterator<Item = (&'a str, &'a Vec<u8>)>,
    stored: &[(String, String)],
    verdict: &mut Verdict,
) {
    let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
    for (uid, document) in stored {
        found.entry(uid).or_default().push(document);
    }
    for (uid, bytes) in expected {
        let documents = found.get(uid).map_or(&[][..], Vec::as_slice);
        if documents.is_empty() {
            verdict.lost += 1;
            verdict.example("not stored", uid);
        }
        if documents.len() > 1 {
            verdict.double += 1;
            verdict.example("stored twice", uid);
        }
        if documents
            .iter()
            .any(|document| document.as_bytes() != bytes)
        {
            verdict.altered += 1;
            verdict.example("stored with other bytes", uid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, compare};

    #[test]
    fn what_is_lost_altered_or_double_is_found() {
        let sent: Vec<(&str, Vec<u8>)> = ["whole", "lost", "altered", "double"]
            .map(|uid| (uid, format!("bytes of {uid}").into_bytes()))
            .into();
        let stored: Vec<(String, String)> = [
            ("whole", "bytes of whole"),
            ("altered", "other bytes"),
            ("double", "bytes of double"),
            ("double", "bytes of double"),
            ("stranger", "whatever"),
        ]
        .map(|(uid, document)| (uid.to_owned(), document.to_owned()))
        .into();
        let mut verdict = Verdict::default();
        compare(
            sent.iter().map(|(uid, bytes)| (*uid, bytes)),
            &stored,
            &mut verdict,
        );
        assert_eq!((verdict.lost, verdict.altered, verdict.double), (1, 1, 1));
        assert!(verdict.examples.contains(&"not stored: lost".to_owned()));
    }
}
