//! Filling the cache, and what is searched, while everything else already runs.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use futures::StreamExt as _;
use orders::RowSeq;
use tokio::sync::{mpsc, watch};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use super::{Cache, bulk::Bulk};
use crate::{
    live::{LiveFeed, NewOrder},
    search::Filler,
    store::{Company, Epoch, Store, StoreError, StoredOrder},
};

/// How long to wait before the next try when PostgreSQL went away.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// How far back the second look goes, in rows: a transaction of a process that
/// was killed may commit after the first look began, with rows numbered before
/// those that the first look saw.
const SECOND_LOOK_ROWS: i64 = 20_000;

/// Portions of orders that may have been read and not been put in.
const PORTIONS_AHEAD: usize = 16;

/// How often an instance in company looks for what others have stored, so that
/// it can be found here.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);

/// Fills `cache` from `store`, newest order first, and shows the newest to
/// `live`; fills it up each time this instance became the only one again, since
/// others may have stored what is not here. Tries again when PostgreSQL goes
/// away; ends at `stop`.
pub async fn keep_filled(
    store: &Store,
    cache: &Cache,
    live: &LiveFeed,
    mut search: Filler,
    mut company: watch::Receiver<Company>,
    stop: &CancellationToken,
) {
    // Up to here everything is in the cache.
    let mut whole = None;
    loop {
        let began = Instant::now();
        let epoch = company.borrow_and_update().epoch;
        let filled = tokio::select! {
            () = stop.cancelled() => return,
            filled = fill(store, cache, live, &mut search, whole) => filled,
        };
        match filled {
            Ok(newest) => {
                cache.set_complete(epoch);
                search.end().await;
                if whole.replace(newest).is_none() {
                    tracing::info!(
                        entries = cache.entries(),
                        bytes = cache.bytes(),
                        complete = cache.is_complete(),
                        duration_ms =
                            u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
                        "the cache is filled"
                    );
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the cache could not be filled; trying again");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(RETRY_AFTER) => continue,
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = next_epoch(&mut company, epoch, live, &mut whole) => {}
            () = tokio::time::sleep(FOLLOW_EVERY), if !company.borrow().alone => {}
        }
    }
}

/// Waits until this instance is the only one again after it was not. When
/// company comes, everything up to now is in the cache.
async fn next_epoch(
    company: &mut watch::Receiver<Company>,
    epoch: Epoch,
    live: &LiveFeed,
    whole: &mut Option<RowSeq>,
) {
    loop {
        let now = *company.borrow_and_update();
        if now.alone && now.epoch != epoch {
            return;
        }
        if !now.alone && now.epoch == epoch {
            *whole = (*whole).max(live.last().map(|last| last.seq()));
        }
        if company.changed().await.is_err() {
            // Presence ended: so does the service.
            std::future::pending::<()>().await;
        }
    }
}

/// Puts every order in, or those after row `whole`, if everything up to it is
/// here. Returns the newest row.
async fn fill(
    store: &Store,
    cache: &Cache,
    live: &LiveFeed,
    search: &mut Filler,
    whole: Option<RowSeq>,
) -> Result<RowSeq, StoreError> {
    search.restart();
    let newest = match whole {
        Some(newest) => newest,
        None => fill_all(store, cache, live, search).await?,
    };
    fill_up(store, cache, search, newest).await
}

async fn fill_all(
    store: &Store,
    cache: &Cache,
    live: &LiveFeed,
    search: &mut Filler,
) -> Result<RowSeq, StoreError> {
    let mut newest = RowSeq::default();
    let mut recent = Some(Vec::with_capacity(LiveFeed::RECENT));
    let mut bulk = Bulk::default();
    // Reading and putting in are the work of two cores.
    let (sender, mut portions) = mpsc::channel(PORTIONS_AHEAD);
    let reader = AbortOnDropHandle::new(tokio::spawn(read_all(store.clone(), sender)));
    while let Some(portion) = portions.recv().await {
        for order in portion? {
            newest = newest.max(order.seq);
            if let Some(mut newest) = recent.take() {
                newest.extend(NewOrder::of(&order));
                if newest.len() < LiveFeed::RECENT {
                    recent = Some(newest);
                } else {
                    live.seed(newest);
                }
            }
            if cache.is_bounded() {
                take(cache, search, order).await;
            } else {
                for order in bulk.push(order) {
                    take_in_place(cache, search, order).await;
                }
            }
        }
    }
    for order in bulk.finish() {
        take_in_place(cache, search, order).await;
    }
    // What was not read to its end is not whole.
    reader
        .await
        .map_err(|_| StoreError::Corrupt("a reading of all orders that broke off"))?;
    if let Some(newest) = recent {
        live.seed(newest);
    }
    Ok(newest)
}

/// Reads every order, and hands them on until nobody takes them.
async fn read_all(store: Store, sender: mpsc::Sender<Result<Vec<StoredOrder>, StoreError>>) {
    let mut orders = pin!(store.all_orders());
    while let Some(portion) = orders.next().await {
        if sender.send(portion).await.is_err() {
            return;
        }
    }
}

/// Puts in what was committed since row `newest` was the newest.
async fn fill_up(
    store: &Store,
    cache: &Cache,
    search: &mut Filler,
    newest: RowSeq,
) -> Result<RowSeq, StoreError> {
    let mut from = RowSeq::new(newest.get() - SECOND_LOOK_ROWS);
    loop {
        let page = store.orders_after(from, 1_000).await?;
        let Some(last) = page.last() else {
            break;
        };
        from = last.seq;
        for order in page {
            take(cache, search, order).await;
        }
    }
    Ok(newest.max(from))
}

/// Puts `order` into the cache, if there is room, and hands it on to the columns:
/// with the document that is kept, so that nothing else of it stays in memory.
async fn take(cache: &Cache, search: &mut Filler, order: StoredOrder) {
    let (seq, stored_at, document) = (order.seq, order.stored_at, order.document.clone());
    let kept = if cache.is_full() {
        None
    } else {
        cache.insert(order)
    };
    search.take(kept.unwrap_or(document), seq, stored_at).await;
}

/// The same for an order whose document stands where it may stay.
async fn take_in_place(cache: &Cache, search: &mut Filler, order: StoredOrder) {
    let (seq, stored_at, document) = (order.seq, order.stored_at, order.document.clone());
    let kept = cache.insert_in_place(order);
    search.take(kept.unwrap_or(document), seq, stored_at).await;
}
