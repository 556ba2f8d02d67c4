//! Keeps the account with the stream's server: how far behind ingestion is,
//! what never came, what the server dropped, whether it holds what it should
//! have delivered.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{IngestStatus, StreamServer};
use crate::store::{ChannelView, Outstanding, Store, StoreError};

/// How often the server is asked.
const INTERVAL: Duration = Duration::from_secs(1);

/// What was said in the log already.
#[derive(Default)]
struct Said {
    missing: u64,
    forgotten: u64,
    silent: bool,
    /// One past the highest sequence that was settled, a look ago.
    settled_end: i64,
}

/// Compares the channel with the ledger until `stop`.
pub async fn monitor(
    server: StreamServer,
    channel: String,
    store: Store,
    status: Arc<IngestStatus>,
    stop: CancellationToken,
) {
    let mut said = Said::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = look(&server, &channel, &store, &status, &mut said) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
}

async fn look(
    server: &StreamServer,
    channel: &str,
    store: &Store,
    status: &IngestStatus,
    said: &mut Said,
) {
    // The server first: what it calls acknowledged was settled by then.
    let view = match server.channel().await {
        Ok(Some(view)) => {
            said.silent = false;
            view
        }
        Ok(None) if said.settled_end == 0 => ChannelView::EMPTY,
        // It will be there again when the server has read its store.
        Ok(None) => {
            status.set_outstanding(None);
            return;
        }
        Err(error) => {
            if !std::mem::replace(&mut said.silent, true) {
                tracing::warn!(%error, "the lag is not known until it does");
            }
            status.set_outstanding(None);
            return;
        }
    };
    match compare(channel, store, view, said).await {
        Ok(outstanding) => {
            report(channel, &outstanding, view, said);
            status.set_outstanding(Some((&outstanding, view.pending, view.has_work())));
        }
        // The state of PostgreSQL is told elsewhere.
        Err(_) => status.set_outstanding(None),
    }
}

async fn compare(
    channel: &str,
    store: &Store,
    view: ChannelView,
    said: &mut Said,
) -> Result<Outstanding, StoreError> {
    // A channel never gets shorter. What was settled a look ago lies beyond its
    // end: the server lost its store, and nothing of the new one came yet.
    let starts_over = said.settled_end > view.last.get() + 1;
    let outstanding = store.outstanding(channel, view, starts_over).await?;
    if !starts_over || outstanding.settled_end < said.settled_end {
        said.settled_end = outstanding.settled_end;
    }
    Ok(outstanding)
}

fn report(channel: &str, outstanding: &Outstanding, view: ChannelView, said: &mut Said) {
    let missing = outstanding.missing(view.pending);
    if missing > said.missing {
        tracing::error!(
            channel,
            messages = missing,
            among = ?outstanding.passed.ranges,
            "messages lie below the position of the durable subscription and never came here; \
             `orderdesk verify` lists them"
        );
    }
    said.missing = missing;
    let forgotten = &outstanding.forgotten;
    if forgotten.count > said.forgotten {
        tracing::error!(
            channel,
            messages = forgotten.count,
            sequences = ?forgotten.ranges,
            "NATS Streaming dropped messages before they were delivered here: its limits on age, \
             number or bytes are too low"
        );
    }
    said.forgotten = forgotten.count;
}
