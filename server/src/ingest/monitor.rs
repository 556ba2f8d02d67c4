//! How far behind ingestion is, by NATS Streaming's own monitoring.

use std::{sync::Arc, time::Duration};

use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use super::IngestStatus;
use crate::{config::SecretUrl, store::Store};

/// How often the server is asked.
const INTERVAL: Duration = Duration::from_secs(1);

/// How long it may take to answer.
const TIMEOUT: Duration = Duration::from_secs(2);

/// `GET /streaming/channelsz?channel=…`, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Channel {
    last_seq: u64,
}

/// Compares the channel's last sequence with the ledger until `stop`.
pub async fn monitor(
    url: SecretUrl,
    channel: String,
    store: Store,
    status: Arc<IngestStatus>,
    stop: CancellationToken,
) {
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .no_proxy()
        .build();
    let (Ok(client), Ok(mut endpoint)) = (client, url::Url::parse(url.expose())) else {
        tracing::warn!("the lag is not known: no HTTP client for STAN_MONITOR_URL");
        return;
    };
    endpoint.set_path("/streaming/channelsz");
    endpoint.query_pairs_mut().append_pair("channel", &channel);
    loop {
        let last = last_sequence(&client, endpoint.clone()).await;
        let settled = store.settled(&channel).await;
        status.set_lag(match (last, settled) {
            (Some(last), Ok(settled)) => Some(last.saturating_sub(settled)),
            _ => None,
        });
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
}

/// The last sequence of the channel; 0 for a channel that does not exist yet.
async fn last_sequence(client: &reqwest::Client, endpoint: url::Url) -> Option<u64> {
    let response = client.get(endpoint).send().await.ok()?;
    if response.status() == reqwest::StatusCode::NOT_FOUND {
        return Some(0);
    }
    Some(
        response
            .error_for_status()
            .ok()?
            .json::<Channel>()
            .await
            .ok()?
            .last_seq,
    )
}
