//! Showing what other processes decided.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::{sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

use super::Quarantine;
use crate::{
    ingest::IngestStatus,
    store::{News, StoreError},
};

/// How often the open messages are counted while more come in, and how long to
/// wait before the next try when PostgreSQL does not answer.
const INTERVAL: Duration = Duration::from_secs(1);

/// How long reading decisions may take: longer than all of them should, and not
/// for ever over a connection that died without a word.
const PATIENCE: Duration = Duration::from_mins(1);

/// Shows every order that an operator made of a message, wherever it was done,
/// and keeps count of what is open. Ends at `stop`.
pub async fn follow(
    quarantine: Arc<Quarantine>,
    ingest: Arc<IngestStatus>,
    mut news: mpsc::Receiver<News>,
    stop: CancellationToken,
) {
    let set_aside = || {
        let account = ingest.account();
        account.conflicts + account.rejected
    };
    let mut counted = set_aside();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            word = news.recv() => {
                let Some(word) = word else { return };
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = quarantine.catch_up_patiently() => word.answer(),
                }
                quarantine.recount().await;
            }
            () = tokio::time::sleep(INTERVAL) => {
                let now = set_aside();
                if now != counted {
                    counted = now;
                    quarantine.recount().await;
                }
            }
        }
    }
}

impl Quarantine {
    async fn catch_up_patiently(&self) {
        loop {
            match timeout(PATIENCE, self.catch_up()).await {
                Ok(Ok(())) => return,
                Ok(Err(error)) => {
                    tracing::debug!(%error, "operators' decisions could not be read; trying again");
                }
                Err(_) => tracing::debug!("operators' decisions are not read in time"),
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Shows every order that was made of a message and is not visible yet.
    async fn catch_up(&self) -> Result<(), StoreError> {
        let mut replays = self.store.replays_around(self.shown.newest()).await?;
        let newest = replays.last().map(|replay| replay.action);
        replays.retain(|replay| !self.shown.has(replay.action));
        for replays in replays.chunks(100) {
            let uids: BTreeSet<&str> = replays
                .iter()
                .map(|replay| replay.order_uid.as_str())
                .collect();
            let uids: Vec<_> = uids.into_iter().collect();
            for order in self.store.orders_with(&uids).await? {
                let of_order = replays
                    .iter()
                    .filter(|replay| replay.order_uid == order.order_uid);
                for replay in of_order {
                    self.show(replay.action, replay.is_new, order.clone());
                }
            }
        }
        if let Some(newest) = newest {
            self.shown.caught_up(newest);
        }
        Ok(())
    }
}
