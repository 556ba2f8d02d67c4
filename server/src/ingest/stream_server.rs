//! What NATS Streaming says of a channel, by its own monitoring
//! (`/streaming/channelsz`).

use std::time::Duration;

use orders::Sequence;
use serde::Deserialize;

use crate::{config::SecretUrl, store::ChannelView};

/// How long it may take to answer.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Why nothing is known of a channel.
#[derive(Debug, thiserror::Error)]
pub enum MonitorError {
    /// There is no HTTP client, or no URL to ask.
    #[error("STAN_MONITOR_URL cannot be asked: {0}")]
    Client(String),
    /// Messages of the channel were dealt with, and now it is not there.
    #[error("NATS Streaming has no such channel, or has not read it yet")]
    NoChannel,
    /// No answer, or none that can be read.
    #[error("NATS Streaming's monitoring at STAN_MONITOR_URL does not answer: {0}")]
    NoAnswer(String),
}

/// A NATS Streaming server's monitoring.
#[derive(Clone, Debug)]
pub struct StreamServer {
    client: reqwest::Client,
    endpoint: url::Url,
    client_id: String,
    durable: String,
}

/// `GET /streaming/channelsz?channel=…&subs=1`, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Channel {
    first_seq: u64,
    last_seq: u64,
    #[serde(default)]
    subscriptions: Option<Vec<Subscription>>,
}

#[derive(Debug, Deserialize)]
struct Subscription {
    client_id: String,
    #[serde(default)]
    durable_name: String,
    #[serde(default)]
    last_sent: u64,
    #[serde(default)]
    pending_count: u64,
}

impl StreamServer {
    /// Prepares asking `url` about `channel` and the durable subscription of
    /// `client_id`.
    ///
    /// # Errors
    /// When `url` is none, or the system gives no HTTP client.
    pub fn new(
        url: &SecretUrl,
        channel: &str,
        client_id: &str,
        durable: &str,
    ) -> Result<Self, MonitorError> {
        let unusable = |error: &dyn std::fmt::Display| MonitorError::Client(error.to_string());
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .no_proxy()
            .build()
            .map_err(|error| unusable(&error))?;
        let mut endpoint = url::Url::parse(url.expose()).map_err(|error| unusable(&error))?;
        endpoint.set_path("/streaming/channelsz");
        endpoint
            .query_pairs_mut()
            .append_pair("channel", channel)
            .append_pair("subs", "1");
        Ok(Self {
            client,
            endpoint,
            client_id: client_id.to_owned(),
            durable: durable.to_owned(),
        })
    }

    /// How the channel stands now; `None` for a channel that does not exist, or
    /// that a server which is starting has not read yet.
    ///
    /// # Errors
    /// When the server does not answer within two seconds.
    pub async fn channel(&self) -> Result<Option<ChannelView>, MonitorError> {
        let silent =
            |error: reqwest::Error| MonitorError::NoAnswer(error.without_url().to_string());
        let response = self
            .client
            .get(self.endpoint.clone())
            .send()
            .await
            .map_err(silent)?;
        if response.status() == reqwest::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let response = response.error_for_status().map_err(silent)?;
        let channel = response.json::<Channel>().await.map_err(silent)?;
        Ok(Some(self.view(&channel)))
    }

    fn view(&self, channel: &Channel) -> ChannelView {
        let own = channel
            .subscriptions
            .iter()
            .flatten()
            .filter(|subscription| {
                subscription.client_id == self.client_id
                    && subscription.durable_name == self.durable
            })
            .max_by_key(|subscription| subscription.last_sent);
        ChannelView {
            first: Sequence::from(channel.first_seq.max(1)),
            last: Sequence::from(channel.last_seq),
            last_sent: Sequence::from(own.map_or(0, |own| own.last_sent)),
            pending: own.map_or(0, |own| own.pending_count),
        }
    }
}

#[cfg(test)]
mod tests {
    use orders::Sequence;

    use super::{Channel, StreamServer};
    use crate::store::ChannelView;

    #[test]
    fn the_own_subscription_is_found_among_others() {
        let url = "http://127.0.0.1:1".parse().expect("a URL");
        let server = StreamServer::new(&url, "updates", "me", "orderdesk").expect("a client");
        let channel: Channel = serde_json::from_str(
            r#"{"name":"updates","msgs":5,"first_seq":6,"last_seq":10,"subscriptions":[
                {"client_id":"other","durable_name":"orderdesk","last_sent":10,"pending_count":1},
                {"client_id":"me","durable_name":"orderdesk","last_sent":8,"pending_count":2},
                {"client_id":"me","durable_name":"","last_sent":9,"pending_count":3}]}"#,
        )
        .expect("a channel");
        let expected = ChannelView {
            first: Sequence::new(6),
            last: Sequence::new(10),
            last_sent: Sequence::new(8),
            pending: 2,
        };
        assert_eq!(server.view(&channel), expected);
    }
}
