//! One session with a NATS Streaming server.
//!
//! The client notices nothing by itself: not that the server forgot it, nor
//! that the peer froze, nor that its own connection gave up. So every session
//! has a connection of its own, which is never allowed to come back once it
//! was lost, and a thread that asks the server every few seconds whether it
//! still knows this very client.

use std::{
    collections::VecDeque,
    io,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use orders::{Sequence, Timestamp};
use time::OffsetDateTime;
use tokio::sync::mpsc as queue;
use tokio_util::sync::CancellationToken;

use super::{
    Acknowledge, Delivery, StanSource,
    connection::{Health, leave},
    in_hand::{Hold, InHand},
};

/// How long the thread waits for a message before it looks around.
const LOOK_AROUND: Duration = Duration::from_millis(50);

/// The same while messages wait to be handed on.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// How long saying goodbye may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(4);

/// After this long without acknowledgement the server delivers again, in
/// seconds. Longer than any commit should take.
pub(super) const ACK_WAIT_SECONDS: i32 = 60;

/// Why there is no session, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// No NATS server answers.
    #[error("no answer from the server: {0}")]
    Unreachable(String),
    /// The server took the connection and then said nothing.
    #[error("the server does not answer: no session within {} s", super::opening::OPEN_TIMEOUT.as_secs())]
    Frozen,
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
    #[error("the server does not answer pings")]
    Silent,
    /// The server no longer knows this client.
    #[error("the server no longer knows this client: {0}")]
    Forgotten(String),
    /// The server holds messages for this subscription and none arrives.
    #[error("the server holds messages for this subscription, and none arrives")]
    NoProgress,
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
}

/// How a session came to its end.
#[derive(Debug)]
pub enum Ended {
    /// It was asked to stop; acknowledgements can still be sent.
    Stopped,
    /// It is lost; what was not acknowledged is delivered again.
    Lost(SessionError),
}

/// A session with a NATS Streaming server: a connection, a client, a durable
/// subscription. Dropped, it is abandoned: nothing of it can come back.
pub struct Session {
    health: Arc<Health>,
    in_hand: InHand,
    parts: Option<Parts>,
}

/// What a session is made of.
pub(super) struct Parts {
    // Dropped in this order: the subscription holds the client, the client
    // says goodbye over the connection.
    pub(super) subscription: stan::Subscription,
    pub(super) client: stan::Client,
    pub(super) connection: nats::Connection,
    /// The pinging thread ends when this is dropped.
    pub(super) _pinging: mpsc::Sender<()>,
}

impl Session {
    pub(super) fn new(health: Arc<Health>, parts: Parts) -> Self {
        Self {
            health,
            in_hand: InHand::default(),
            parts: Some(parts),
        }
    }

    /// Delivers messages until `stop`, or until the session is lost.
    pub fn receive(
        &self,
        deliveries: &queue::Sender<Delivery>,
        source: &StanSource,
        stop: &CancellationToken,
    ) -> Ended {
        let Some(parts) = &self.parts else {
            return Ended::Lost(SessionError::Disconnected);
        };
        // As many as may be in flight at most: each is in hand once.
        let mut waiting = VecDeque::new();
        let mut garbage_seen = false;
        loop {
            if let Some(problem) = self.health.problem() {
                return Ended::Lost(problem.clone());
            }
            if stop.is_cancelled() {
                return Ended::Stopped;
            }
            if source.status.is_overdue() && self.in_hand.is_empty() {
                return Ended::Lost(SessionError::NoProgress);
            }
            if !hand_on(&mut waiting, deliveries) {
                return Ended::Stopped;
            }
            let patience = if waiting.is_empty() {
                LOOK_AROUND
            } else {
                LOOK_AGAIN
            };
            match next(&parts.subscription, patience) {
                Next::Message(message) => {
                    source.status.received();
                    source.metrics.ingest.received.inc();
                    if let Some(hold) = self.in_hand.take(message.sequence) {
                        waiting.push_back(delivery(*message, hold));
                    }
                }
                Next::Nothing => {}
                Next::Garbage if garbage_seen => {}
                Next::Garbage => {
                    garbage_seen = true;
                    tracing::warn!(
                        "somebody sends to this subscription what is no message of NATS Streaming; it is skipped"
                    );
                }
                Next::End => return Ended::Lost(SessionError::Disconnected),
            }
        }
    }

    /// Closes in order: acknowledgements reach the server, the client is
    /// closed, its durable position stays. On a frozen peer it gives up after
    /// four seconds: the server closes the client when it finds it gone.
    ///
    /// A session that was lost says no goodbye: the server knows clients by
    /// their id alone, and would close its successor.
    pub fn close(mut self) {
        if self.health.problem().is_some() {
            return;
        }
        self.health.close();
        let Some(parts) = self.parts.take() else {
            return;
        };
        let (done, closed) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("stan-close".to_owned())
            .spawn(move || {
                let Parts {
                    subscription,
                    client,
                    connection,
                    ..
                } = parts;
                drop(subscription);
                drop(client);
                connection.close();
                done.send(()).ok();
            });
        if spawned.is_err() || closed.recv_timeout(CLOSE_TIMEOUT).is_err() {
            tracing::warn!("NATS Streaming did not answer the goodbye; nothing is lost by it");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.health.close();
        if let Some(parts) = self.parts.take() {
            leave(parts.connection.clone(), parts);
        }
    }
}

/// Passes on what there is room for; `false` when nobody takes it any more.
fn hand_on(waiting: &mut VecDeque<Delivery>, deliveries: &queue::Sender<Delivery>) -> bool {
    while let Some(delivery) = waiting.pop_front() {
        match deliveries.try_send(delivery) {
            Ok(()) => {}
            // The store is slow: the server keeps the rest.
            Err(queue::error::TrySendError::Full(delivery)) => {
                waiting.push_front(delivery);
                return true;
            }
            Err(queue::error::TrySendError::Closed(_)) => return false,
        }
    }
    true
}

/// What came from a subscription.
enum Next {
    Message(Box<stan::Message>),
    Nothing,
    Garbage,
    End,
}

/// Waits for the next message. The client fails on what it cannot decode, and
/// panics on a time before 1970; neither ends a subscription.
fn next(subscription: &stan::Subscription, patience: Duration) -> Next {
    let next = || subscription.next_timeout(patience);
    match panic::catch_unwind(AssertUnwindSafe(next)) {
        Ok(Ok(message)) => Next::Message(Box::new(message)),
        Ok(Err(error)) => match error.kind() {
            io::ErrorKind::TimedOut => Next::Nothing,
            io::ErrorKind::InvalidData => Next::Garbage,
            _ => Next::End,
        },
        Err(_) => Next::Garbage,
    }
}

fn delivery(mut message: stan::Message, hold: Hold) -> Delivery {
    Delivery {
        sequence: Sequence::from(message.sequence),
        published_at: published_at(message.timestamp),
        message: Bytes::from(std::mem::take(&mut message.data)),
        ack: Box::new(StanAck {
            message,
            _hold: hold,
        }),
    }
}

/// To the microsecond, as PostgreSQL keeps it.
fn published_at(at: SystemTime) -> Timestamp {
    let at = OffsetDateTime::from(at);
    Timestamp::from(at.replace_microsecond(at.microsecond()).unwrap_or(at))
}

struct StanAck {
    message: stan::Message,
    _hold: Hold,
}

impl Acknowledge for StanAck {
    fn acknowledge(self: Box<Self>) {
        if let Err(error) = self.message.ack() {
            tracing::debug!(sequence = self.message.sequence, %error, "an acknowledgement was not sent; the message comes again");
        }
    }
}
