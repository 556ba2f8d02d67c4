//! From the channel to the store: a source delivers messages, batches form,
//! each is validated and stored, and only then acknowledged.
//!
//! ```text
//! source (own thread) ─ bounded channel ─ gather ─ writer ─ COMMIT ─ visible: cache, columns, live feed ─ ack (own thread)
//! ```

mod acknowledge;
mod commit;
mod connection;
mod gather;
mod in_hand;
mod monitor;
mod opening;
mod ping;
mod session;
mod source;
mod stan_source;
mod standby;
mod status;
mod stream_server;
mod visible;
mod writer;

pub use acknowledge::Acknowledger;
pub use gather::{Limits, gather};
pub use monitor::monitor;
pub use source::{Acknowledge, Delivery, Source, SourceError};
pub use stan_source::StanSource;
pub use status::{ChannelAccount, IngestStatus};
pub use stream_server::{MonitorError, StreamServer};
pub use visible::{Part, Visible};
pub use writer::Writer;
