//! NATS Streaming as a source: one session after the other, each on the same
//! thread, for as long as it takes.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use backon::{BackoffBuilder as _, ExponentialBuilder};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    Delivery, IngestStatus, Source, SourceError,
    opening::Opener,
    session::{Ended, SessionError},
    standby, status,
};
use crate::{config::SecretUrl, metrics::Metrics};

/// How often a waiting thread looks whether it should stop.
const STOP_INTERVAL: Duration = Duration::from_millis(20);

/// A session that lasted this long was a good one: the next failure starts
/// with short waits again.
const GOOD_SESSION: Duration = Duration::from_secs(10);

/// How to reach a channel, and as whom.
#[derive(Clone, Debug)]
pub struct StanSource {
    /// The server.
    pub url: SecretUrl,
    /// Its cluster id.
    pub cluster: String,
    /// The channel.
    pub channel: String,
    /// The name of this client.
    pub client_id: String,
    /// The name of its durable subscription.
    pub durable: String,
    /// The most messages that may be delivered and not yet acknowledged.
    pub max_in_flight: u16,
    /// Is told how it goes.
    pub status: Arc<IngestStatus>,
    /// Counts sessions and deliveries.
    pub metrics: Arc<Metrics>,
}

#[async_trait::async_trait]
impl Source for StanSource {
    async fn run(
        self: Box<Self>,
        deliveries: mpsc::Sender<Delivery>,
        stop: CancellationToken,
        drained: CancellationToken,
    ) -> Result<(), SourceError> {
        let (done, ended) = oneshot::channel();
        thread::Builder::new()
            .name("stan-session".to_owned())
            .spawn(move || {
                self.run_sessions(deliveries, &stop, &drained);
                done.send(()).ok();
            })
            .map_err(|error| SourceError(format!("no thread for NATS Streaming: {error}")))?;
        ended
            .await
            .map_err(|_| SourceError("the NATS Streaming thread died".to_owned()))
    }
}

impl StanSource {
    fn run_sessions(
        &self,
        deliveries: mpsc::Sender<Delivery>,
        stop: &CancellationToken,
        drained: &CancellationToken,
    ) {
        let backoff = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(200))
            .with_max_delay(Duration::from_secs(1))
            .with_jitter()
            .without_max_times();
        let mut delays = backoff.build();
        let mut failures = 0_u32;
        let mut opener = Opener::default();
        while !stop.is_cancelled() {
            let began = Instant::now();
            let problem = match opener.open(self, stop) {
                Ok(session) => {
                    tracing::info!(
                        url = %self.url,
                        cluster = self.cluster,
                        channel = self.channel,
                        durable = self.durable,
                        "subscribed"
                    );
                    self.status.set_session(status::Session::Connected);
                    self.metrics.ingest.sessions.inc();
                    failures = 0;
                    match session.receive(&deliveries, self, stop) {
                        Ended::Stopped => {
                            drop(deliveries);
                            wait_until(drained);
                            session.close();
                            return;
                        }
                        // Dropped before the next one is opened.
                        Ended::Lost(problem) => problem,
                    }
                }
                Err(SessionError::Stopped) => return,
                Err(problem) => problem,
            };
            let is_first = failures == 0;
            failures = failures.saturating_add(1);
            self.report(&problem, is_first || failures.is_power_of_two());
            if matches!(
                problem,
                SessionError::ClientIdTaken | SessionError::NoStreaming
            ) {
                standby::wait(self, stop);
            }
            if began.elapsed() > GOOD_SESSION {
                delays = backoff.build();
            }
            wait(delays.next().unwrap_or(Duration::from_secs(1)), stop);
        }
    }

    fn report(&self, problem: &SessionError, loudly: bool) {
        let (state, advice) = match problem {
            SessionError::ClientIdTaken => (
                status::Session::Replaced,
                "another instance holds this client id; standing by until it goes, or give this one another STAN_CLIENT_ID",
            ),
            SessionError::NoStreaming => (
                self.lost_state(),
                "a NATS server answers, but no NATS Streaming cluster of this name: check STAN_CLUSTER; trying again",
            ),
            SessionError::Unreachable(_) => (
                self.lost_state(),
                "waiting for NATS Streaming at STAN_URL; trying again until it is there",
            ),
            _ => (self.lost_state(), "connecting again; nothing is lost"),
        };
        self.status.set_session(state);
        if loudly {
            tracing::warn!(url = %self.url, cluster = self.cluster, client_id = self.client_id, %problem, "{advice}");
        }
    }

    /// Not connected: still for the first time, or again.
    fn lost_state(&self) -> status::Session {
        match self.status.state() {
            app::desk::IngestState::Connecting => status::Session::Connecting,
            _ => status::Session::Reconnecting,
        }
    }
}

fn wait(duration: Duration, stop: &CancellationToken) {
    let end = Instant::now() + duration;
    while Instant::now() < end && !stop.is_cancelled() {
        thread::sleep(STOP_INTERVAL);
    }
}

fn wait_until(token: &CancellationToken) {
    while !token.is_cancelled() {
        thread::sleep(STOP_INTERVAL);
    }
}
