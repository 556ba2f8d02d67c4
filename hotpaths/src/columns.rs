//! A batch as PostgreSQL takes it.

use std::hint::black_box;

use orderdesk::store::{Candidate, OrderColumns};
use orders::Order;

use crate::{HotPath, Orders, Work, sample::stored_at};

/// As many as a batch has at most, unless configured otherwise.
const BATCH: usize = 500;

/// Encoding a batch.
pub(crate) const ENCODE: HotPath = HotPath {
    name: "batch-encode",
    what: "a batch of 500 is encoded as the arrays that `unnest` takes",
    pieces: BATCH,
    prepare: encode,
};

/// Copying the same texts.
pub(crate) const COPY: HotPath = HotPath {
    name: "batch-copy",
    what: "the same texts, copied one after the other into one buffer",
    pieces: BATCH,
    prepare: copy,
};

fn rows(candidates: &[Candidate]) -> Vec<(&Candidate, &Order)> {
    candidates
        .iter()
        .filter_map(|candidate| Some((candidate, candidate.order.as_deref().ok()?)))
        .collect()
}

fn encode(orders: &Orders) -> Work {
    let candidates = orders.candidates(BATCH);
    Box::new(move || {
        let columns = OrderColumns::encode("updates", stored_at(), &rows(&candidates));
        black_box(columns.expect("texts and numbers can be encoded"));
    })
}

fn copy(orders: &Orders) -> Work {
    let candidates = orders.candidates(BATCH);
    Box::new(move || {
        let mut buffer = Vec::new();
        for (candidate, order) in rows(&candidates) {
            buffer.extend_from_slice(order.order_uid.as_str().as_bytes());
            buffer.extend_from_slice(order.track_number.as_bytes());
            buffer.extend_from_slice(order.customer_id.as_bytes());
            buffer.extend_from_slice(&candidate.message);
        }
        black_box(buffer);
    })
}
