//! Events of the live feed as they are sent (WHATWG HTML, 9.2.5).

use bytes::Bytes;
use orders::{OrderSummary, RowSeq};
use serde::Serialize;

/// An event called `name`.
///
/// # Panics
/// Never: what the feed tells are texts, numbers and moments, which are JSON.
pub fn event(name: &str, data: &impl Serialize) -> Bytes {
    format!("event: {name}\ndata: {}\n\n", json(data)).into()
}

/// The event that tells of the order in row `seq`; a listener that comes back
/// names the last row that it heard of.
///
/// # Panics
/// As [`event`].
pub fn order_event(seq: RowSeq, summary: &OrderSummary) -> Bytes {
    format!(
        "event: order\nid: {}\ndata: {}\n\n",
        seq.get(),
        json(summary)
    )
    .into()
}

/// One line, as an event's data have to be.
fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("texts, numbers and moments are JSON")
}
