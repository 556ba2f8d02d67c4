//! Filling the cache at start, while everything else already runs.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use futures::StreamExt as _;
use orders::RowSeq;
use tokio_util::sync::CancellationToken;

use super::Cache;
use crate::{
    live::LiveFeed,
    store::{Store, StoreError},
};

/// How long to wait before the next try when PostgreSQL went away.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// How far back the second look goes, in rows: a transaction of a process that
/// was killed may commit after the first look began, with rows numbered before
/// those that the first look saw.
const SECOND_LOOK_ROWS: i64 = 20_000;

/// Fills `cache` from `store`, newest order first, and shows the newest to
/// `live`. Starts again when PostgreSQL goes away; ends at `stop`.
pub async fn warm_up(store: &Store, cache: &Cache, live: &LiveFeed, stop: &CancellationToken) {
    let began = Instant::now();
    loop {
        let filled = tokio::select! {
            () = stop.cancelled() => return,
            filled = fill(store, cache, live) => filled,
        };
        match filled {
            Ok(()) => break,
            Err(error) => tracing::warn!(%error, "the cache could not be filled; trying again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(RETRY_AFTER) => {}
        }
    }
    cache.set_complete();
    tracing::info!(
        entries = cache.entries(),
        bytes = cache.bytes(),
        complete = cache.is_complete(),
        duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "the cache is filled"
    );
}

async fn fill(store: &Store, cache: &Cache, live: &LiveFeed) -> Result<(), StoreError> {
    let mut newest = RowSeq::default();
    let mut recent = Some(Vec::with_capacity(LiveFeed::RECENT));
    let mut orders = pin!(store.all_orders());
    while let Some(order) = orders.next().await {
        let order = order?;
        newest = newest.max(order.seq);
        if let Some(mut summaries) = recent.take() {
            summaries.extend(order.summary());
            if summaries.len() < LiveFeed::RECENT {
                recent = Some(summaries);
            } else {
                live.seed(summaries);
            }
        }
        cache.insert(order);
        if cache.is_full() {
            break;
        }
    }
    if let Some(summaries) = recent {
        live.seed(summaries);
    }
    let mut from = RowSeq::new(newest.get() - SECOND_LOOK_ROWS);
    loop {
        let page = store.orders_after(from, 1_000).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        from = last.seq;
        for order in page {
            cache.insert(order);
        }
    }
}
