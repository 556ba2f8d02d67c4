//! Events of the live feed as they are sent (WHATWG HTML, 9.2.5).

use bytes::Bytes;
use orders::RowSeq;

/// An event called `name`; `data` is JSON, which never has a line's end.
pub fn event(name: &str, data: &str) -> Bytes {
    debug_assert!(!data.contains(['\r', '\n']), "data is one line");
    format!("event: {name}\ndata: {data}\n\n").into()
}

/// The event that tells of the order in row `seq`; a listener that comes back
/// names the last row that it heard of.
pub fn order_event(seq: RowSeq, summary: &str) -> Bytes {
    debug_assert!(!summary.contains(['\r', '\n']), "data is one line");
    format!("event: order\nid: {}\ndata: {summary}\n\n", seq.get()).into()
}
