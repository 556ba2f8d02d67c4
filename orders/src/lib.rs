//! The order as Orderdesk knows it: model, parsing, validation, summary.
//!
//! No I/O lives here, so that the server, the publisher and the browser share
//! one understanding of what an order is. The way in is [`parse`]: bytes from
//! the channel become an [`Order`] or a [`Rejection`] that says why not and
//! where. The bytes themselves are never changed: whoever stores an order
//! stores what was sent.
#![deny(missing_docs)]

mod cursor;
mod fault;
mod money;
mod object;
mod order;
mod parse;
mod quarantine;
mod rejection;
mod scan;
pub mod search;
mod sequence;
mod summary;
mod text;
mod timestamp;
mod uid;

pub use cursor::{Cursor, InvalidCursor, InvalidSort, Sort};
pub use money::Money;
pub use order::{Delivery, Item, Order, Payment};
pub use parse::{DEFAULT_MAX_ORDER_BYTES, MAX_DEPTH, parse};
pub use quarantine::{Outcome, QuarantineAction, QuarantineState, RejectedSummary};
pub use rejection::{Reason, Rejection};
pub use sequence::{RowSeq, Sequence};
pub use summary::OrderSummary;
pub use timestamp::Timestamp;
pub use uid::{InvalidUid, OrderUid};
