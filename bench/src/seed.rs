//! Filling a database with orders as the service would have stored them.
//!
//! They go straight into the table, and the ledger counts them for a channel of
//! its own that NATS Streaming no longer holds; so `orderdesk verify` finds
//! everything in order.

use std::{fmt::Write as _, io::Write as _, path::Path, thread};

use anyhow::Context as _;
use futures::TryStreamExt as _;
use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use sqlx::{PgPool, Row as _};
use tokio::sync::mpsc;

use crate::corpus::Corpus;

/// The seed of the orders in filled databases.
pub const SEEDED: u64 = 7;

/// What a database that was filled to its end says of itself.
pub const WHOLE: &str = "filled, 1";

/// Orders that are sent at once.
const CHUNK: u64 = 2_000;

/// Fills a database that has the schema and no orders.
pub async fn fill(pool: &PgPool, corpus: Corpus, orders: u64) -> anyhow::Result<()> {
    let (chunks, mut made) = mpsc::channel(8);
    thread::spawn(move || {
        for start in (0..orders).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
            let rows = (start..orders.min(start + CHUNK)).map(|number| row(corpus, number));
            if chunks.blocking_send(rows.collect::<String>()).is_err() {
                return;
            }
        }
    });
    let mut connection = pool.acquire().await?;
    let mut copy = connection
        .copy_in_raw(
            "copy orders (order_uid, track_number, customer_id, date_created, channel, sequence,
                          published_at, stored_at, document) from stdin",
        )
        .await?;
    while let Some(rows) = made.recv().await {
        copy.send(rows.into_bytes()).await?;
    }
    copy.finish().await?;
    if orders > 0 {
        sqlx::query(
            "insert into ledger (channel, incarnation, settled, last_published_at, stored)
             values ('seeded', 1, int8multirange(int8range(1, $1, '[]')), now(), $1)",
        )
        .bind(i64::try_from(orders)?)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query("vacuum (analyze, freeze) orders")
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// A row in the text format of `COPY`.
fn row(corpus: Corpus, number: u64) -> String {
    let order = corpus.order(number);
    let document = orderdesk_publish::generate::bytes(&order);
    let document = String::from_utf8_lossy(&document);
    let mut row = String::with_capacity(document.len() + 256);
    for text in [
        order.order_uid.as_str(),
        &order.track_number,
        &order.customer_id,
    ] {
        escape(&mut row, text);
        row.push('\t');
    }
    // Writing to a string cannot fail.
    write!(
        row,
        "{}\tseeded\t{}\tnow\tnow\t",
        order.date_created,
        number + 1
    )
    .ok();
    escape(&mut row, &document);
    row.push('\n');
    row
}

/// Adds `text` as the text format of `COPY` wants it.
pub fn escape(row: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '\\' => row.push_str("\\\\"),
            '\t' => row.push_str("\\t"),
            '\n' => row.push_str("\\n"),
            '\r' => row.push_str("\\r"),
            other => row.push(other),
        }
    }
}

/// Writes a path for each order of a database, in an order by chance.
pub async fn write_paths(pool: &PgPool, prefix: &str, file: &Path) -> anyhow::Result<()> {
    let mut rows = sqlx::query("select order_uid from orders").fetch(pool);
    let mut uids: Vec<String> = Vec::new();
    while let Some(row) = rows.try_next().await? {
        uids.push(row.try_get("order_uid")?);
    }
    uids.shuffle(&mut StdRng::seed_from_u64(SEEDED));
    write_lines(file, uids.iter().map(|uid| format!("{prefix}{uid}")))
}

/// Writes a file of lines.
pub fn write_lines(file: &Path, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let made = file.with_extension("new");
    let mut writer = std::io::BufWriter::new(
        std::fs::File::create(&made).with_context(|| made.display().to_string())?,
    );
    for line in lines {
        writeln!(writer, "{line}")?;
    }
    writer.flush()?;
    Ok(std::fs::rename(made, file)?)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_copy_would_misread_is_escaped() {
        let mut row = String::new();
        escape(&mut row, "a\tb\\n\nc\r");
        assert_eq!(row, "a\\tb\\\\n\\nc\\r");
    }
}
