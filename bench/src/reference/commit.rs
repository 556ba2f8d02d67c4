//! The least that publishing and storing one order takes: its `PubAck`, then one
//! row and its commit.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use anyhow::{Context as _, bail};
use orders::Order;
use sqlx::{Connection as _, PgConnection};
use time::OffsetDateTime;
use tokio::sync::mpsc;

use crate::load::visible::{Publishing, Times, microseconds};

/// Connections that commit at the same time.
const CONNECTIONS: usize = 8;

/// An order to be stored: its number, and when its message was due.
type Due = (u64, Instant);

/// Publishes, and stores each order once it is acknowledged.
///
/// # Errors
/// When an order is not stored.
pub async fn run(database_url: &str, publishing: Publishing) -> anyhow::Result<Times> {
    let documents = Arc::clone(&publishing.documents);
    let count = documents.len() as u64;
    let parsed = documents.iter().map(|(uid, document)| {
        let order = orders::parse(document, usize::MAX);
        order.map_err(|_| anyhow::anyhow!("{uid} is no order"))
    });
    let orders: Arc<Vec<Order>> = Arc::new(parsed.collect::<anyhow::Result<_>>()?);
    let (acked, inbox) = mpsc::unbounded_channel::<Due>();
    let inbox = Arc::new(tokio::sync::Mutex::new(inbox));
    let times = Arc::new(Mutex::new(Times::new()?));
    let mut workers = Vec::new();
    for _ in 0..CONNECTIONS {
        let connection = PgConnection::connect(database_url).await?;
        let (inbox, times) = (Arc::clone(&inbox), Arc::clone(&times));
        let (orders, documents) = (Arc::clone(&orders), Arc::clone(&documents));
        workers.push(tokio::spawn(async move {
            let mut connection = connection;
            loop {
                let next = inbox.lock().await.recv().await;
                let Some((number, due)) = next else {
                    return anyhow::Ok(());
                };
                let at = usize::try_from(number)?;
                let (order, document) =
                    orders.get(at).zip(documents.get(at)).context("an order")?;
                store(&mut connection, number, order, &document.1).await?;
                let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
                times.there.record(microseconds(due.elapsed()))?;
            }
        }));
    }
    let noted = Arc::clone(&times);
    tokio::task::spawn_blocking(move || {
        publishing.run(move |ack, due| {
            let mut times = noted.lock().unwrap_or_else(PoisonError::into_inner);
            // Within the bounds of any time that is waited for.
            times.acknowledged.record(microseconds(ack.at - due)).ok();
            drop(times);
            acked.send((ack.number, due)).ok();
        })
    })
    .await??;
    for worker in workers {
        worker.await??;
    }
    let times = times.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if times.there.len() != count {
        bail!("{} of {count} orders were stored", times.there.len());
    }
    Ok(times)
}

async fn store(
    connection: &mut PgConnection,
    number: u64,
    order: &Order,
    document: &[u8],
) -> anyhow::Result<()> {
    let now = OffsetDateTime::now_utc();
    sqlx::query(
        "insert into orders (order_uid, track_number, customer_id, date_created, channel, sequence,
                             published_at, stored_at, document)
         values ($1, $2, $3, $4, 'bare', $5, $6, $6, $7::json)",
    )
    .bind(order.order_uid.as_str())
    .bind(&order.track_number)
    .bind(&order.customer_id)
    .bind(order.date_created.get())
    .bind(i64::try_from(number)?)
    .bind(now)
    .bind(std::str::from_utf8(document)?)
    .execute(connection)
    .await?;
    Ok(())
}
