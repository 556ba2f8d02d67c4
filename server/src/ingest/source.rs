//! What a stream of messages must be able to do, whichever server it is on.

use bytes::Bytes;
use orders::{Sequence, Timestamp};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Tells the stream's server that a message was dealt with.
///
/// Called after the commit, once, from a thread where blocking is allowed. A
/// failure is no error: the message is delivered again and found settled.
pub trait Acknowledge: Send {
    /// Sends the acknowledgement.
    fn acknowledge(self: Box<Self>);
}

/// A message as it was delivered.
pub struct Delivery {
    /// Its position in the channel.
    pub sequence: Sequence,
    /// When the stream's server took it, to the microsecond.
    pub published_at: Timestamp,
    /// Its bytes.
    pub message: Bytes,
    /// How to acknowledge it.
    pub ack: Box<dyn Acknowledge>,
}

/// A source ended that should not have.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(pub String);

/// A stream of messages with a durable position and manual acknowledgement.
#[async_trait::async_trait]
pub trait Source: Send {
    /// Delivers messages into `deliveries` until `stop`, in the channel's
    /// order, each at least once, reconnecting for as long as it takes.
    ///
    /// After `stop` nothing more is delivered, but the connection stays until
    /// `drained`, so that what is in hand can still be acknowledged; then it is
    /// closed, and the durable position stays.
    ///
    /// # Errors
    /// When the source cannot go on at all.
    async fn run(
        self: Box<Self>,
        deliveries: mpsc::Sender<Delivery>,
        stop: CancellationToken,
        drained: CancellationToken,
    ) -> Result<(), SourceError>;
}
