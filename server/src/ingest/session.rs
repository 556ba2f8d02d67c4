//! One session with a NATS Streaming server.
//!
//! The client notices nothing by itself: not that the server forgot it, nor
//! that the peer froze, nor that its own connection gave up. So every session
//! has a connection of its own, which is never allowed to come back once it
//! was lost, and a thread that asks the server every few seconds whether it
//! still knows this very client.

use std::{
    io,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use orders::{Sequence, Timestamp};
use time::OffsetDateTime;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{Acknowledge, Delivery, IngestStatus, StanSource, ping::start_pinging};

/// How long the thread waits for a message before it looks around.
const LOOK_AROUND: Duration = Duration::from_millis(50);

/// After this long without acknowledgement the server delivers again, in
/// seconds. Longer than any commit should take.
const ACK_WAIT_SECONDS: i32 = 60;

/// Why there is no session, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// No NATS server answers.
    #[error("no answer from the server: {0}")]
    Unreachable(String),
    /// A NATS server, but no NATS Streaming cluster with this id.
    #[error("no NATS Streaming cluster with this id answers")]
    NoStreaming,
    /// Another living client has this id.
    #[error("the client id is in use")]
    ClientIdTaken,
    /// The server refused something.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The connection was lost.
    #[error("the connection was lost")]
    Disconnected,
    /// The server does not answer pings any more.
    #[error("the server does not answer")]
    Silent,
    /// The server no longer knows this client.
    #[error("the server no longer knows this client: {0}")]
    Forgotten(String),
}

/// How a session came to its end.
pub enum Ended {
    /// It was asked to stop; acknowledgements can still be sent.
    Stopped,
    /// It is lost; what was not acknowledged is delivered again.
    Lost(SessionError),
}

/// What ended the session, told by callbacks and by the pinging thread.
#[derive(Debug, Default)]
pub(super) struct Health {
    problem: OnceLock<SessionError>,
    closing: AtomicBool,
}

/// A session with a NATS Streaming server: a connection, a client, a durable
/// subscription.
pub struct Session {
    // Dropped in this order: the subscription holds the client, the client
    // says goodbye over the connection.
    subscription: stan::Subscription,
    client: stan::Client,
    connection: nats::Connection,
    health: Arc<Health>,
    /// The pinging thread ends when this is dropped.
    _pinging: std::sync::mpsc::Sender<()>,
}

impl Session {
    /// Connects, and resumes the durable subscription or begins it with the
    /// channel's first message.
    ///
    /// # Errors
    /// Why there is no session. Everything opened is closed again.
    pub fn open(source: &StanSource) -> Result<Self, SessionError> {
        let health = Arc::new(Health::default());
        let connection = connect(source.url.expose(), &health)?;
        let client = stan::connect(connection.clone(), &source.cluster, &source.client_id)
            .map_err(|error| {
                close_detached(&connection);
                client_error(&error)
            })?;
        let subscription = client.subscribe(
            &source.channel,
            stan::SubscriptionConfig {
                durable_name: Some(&source.durable),
                start: stan::SubscriptionStart::AllAvailable,
                max_in_flight: i32::from(source.max_in_flight),
                ack_wait_in_secs: ACK_WAIT_SECONDS,
                queue_group: None,
            },
        );
        let subscription = match subscription {
            Ok(subscription) => subscription,
            Err(error) => {
                drop(client);
                close_detached(&connection);
                return Err(SessionError::Refused(error.to_string()));
            }
        };
        let pinging = start_pinging(&connection, &client, &source.cluster, &health)?;
        Ok(Self {
            subscription,
            client,
            connection,
            health,
            _pinging: pinging,
        })
    }

    /// Delivers messages until `stop`, or until the session is lost.
    pub fn receive(
        &self,
        deliveries: &mpsc::Sender<Delivery>,
        status: &IngestStatus,
        stop: &CancellationToken,
    ) -> Ended {
        loop {
            if stop.is_cancelled() {
                return Ended::Stopped;
            }
            if let Some(problem) = self.health.problem.get() {
                return Ended::Lost(problem.clone());
            }
            match self.subscription.next_timeout(LOOK_AROUND) {
                Ok(message) => {
                    status.received();
                    // Waits while the store is slow: the server keeps the rest.
                    if deliveries.blocking_send(delivery(message)).is_err() {
                        return Ended::Stopped;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
                Err(_) => return Ended::Lost(SessionError::Disconnected),
            }
        }
    }

    /// Closes in order: acknowledgements reach the server, the client is
    /// closed, its durable position stays.
    pub fn close(self) {
        self.health.closing.store(true, SeqCst);
        let Self {
            subscription,
            client,
            connection,
            ..
        } = self;
        drop(subscription);
        drop(client);
        close_detached(&connection);
    }

    /// Leaves a lost session behind, so that nothing of it can come back: the
    /// connection is closed first, so the client's goodbye goes nowhere.
    pub fn abandon(self) {
        self.health.closing.store(true, SeqCst);
        close_detached(&self.connection);
        // Dropped here, before the next session is opened: a client's late
        // goodbye would close its successor.
    }
}

/// Closes `connection` from a thread of its own, since closing may hang on a
/// frozen peer, and gives it a moment to succeed.
fn close_detached(connection: &nats::Connection) {
    let connection = connection.clone();
    let (done, closed) = std::sync::mpsc::channel();
    let spawned = thread::Builder::new()
        .name("stan-close".to_owned())
        .spawn(move || {
            connection.close();
            done.send(()).ok();
        });
    if spawned.is_ok() {
        closed.recv_timeout(Duration::from_millis(500)).ok();
    }
}

fn connect(url: &str, health: &Arc<Health>) -> Result<nats::Connection, SessionError> {
    let unreachable = |error: &dyn std::fmt::Display| SessionError::Unreachable(error.to_string());
    let url = Url::parse(url).map_err(|error| unreachable(&error))?;
    let options = match (url.username(), url.password()) {
        ("", _) => nats::Options::new(),
        (token, None) => nats::Options::with_token(token),
        (user, Some(password)) => nats::Options::with_user_pass(user, password),
    };
    let host = url.host_str().unwrap_or("127.0.0.1");
    let address = format!("{host}:{}", url.port().unwrap_or(4222));
    let (lost, closed) = (Arc::clone(health), Arc::clone(health));
    options
        .with_name("orderdesk")
        // A connection that comes back would revive an old client. It is
        // allowed to try, because one that gave up hangs in every call, but
        // the session is over with the first loss.
        .max_reconnects(None)
        .reconnect_delay_callback(|_| Duration::from_millis(500))
        // An acknowledgement while disconnected must fail, not wait to be sent
        // into a later session.
        .reconnect_buffer_size(0)
        .disconnect_callback(move || lost.lose(SessionError::Disconnected))
        .close_callback(move || closed.lose(SessionError::Disconnected))
        .connect(&address)
        .map_err(|error| unreachable(&error))
}

impl Health {
    /// Ends the session with `problem`, unless it is being closed anyway.
    pub(super) fn lose(&self, problem: SessionError) {
        if !self.closing.load(SeqCst) {
            // Only the first problem counts.
            self.problem.set(problem).ok();
        }
    }
}

fn client_error(error: &io::Error) -> SessionError {
    let text = error.to_string();
    if text.contains("clientID already registered") {
        SessionError::ClientIdTaken
    } else if error.kind() == io::ErrorKind::TimedOut || text.contains("no responders") {
        SessionError::NoStreaming
    } else {
        SessionError::Refused(text)
    }
}

fn delivery(mut message: stan::Message) -> Delivery {
    Delivery {
        sequence: Sequence::from(message.sequence),
        published_at: published_at(message.timestamp),
        message: Bytes::from(std::mem::take(&mut message.data)),
        ack: Box::new(StanAck(message)),
    }
}

/// To the microsecond, as PostgreSQL keeps it.
fn published_at(at: SystemTime) -> Timestamp {
    let at = OffsetDateTime::from(at);
    Timestamp::from(at.replace_microsecond(at.microsecond()).unwrap_or(at))
}

struct StanAck(stan::Message);

impl Acknowledge for StanAck {
    fn acknowledge(self: Box<Self>) {
        if let Err(error) = self.0.ack() {
            tracing::debug!(sequence = self.0.sequence, %error, "an acknowledgement was not sent; the message comes again");
        }
    }
}
