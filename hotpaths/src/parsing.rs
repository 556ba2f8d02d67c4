//! Reading and validating messages.

use std::hint::black_box;

use orders::DEFAULT_MAX_ORDER_BYTES;
use serde_json::Value;

use crate::{HotPath, Orders, Work};

const DOCUMENTS: usize = 1_000;

/// From bytes to orders.
pub(crate) const PARSE: HotPath = HotPath {
    name: "parse",
    what: "1,000 messages are read and validated",
    pieces: DOCUMENTS,
    prepare: parse,
};

/// From bytes to JSON values, unchecked.
pub(crate) const JSON_VALUE: HotPath = HotPath {
    name: "json-value",
    what: "the same 1,000, by serde_json::from_slice::<Value>",
    pieces: DOCUMENTS,
    prepare: json_value,
};

fn parse(orders: &Orders) -> Work {
    let orders = orders.clone();
    Box::new(move || {
        for document in orders.documents().take(DOCUMENTS) {
            let order = orders::parse(black_box(document), DEFAULT_MAX_ORDER_BYTES);
            black_box(order.expect("the publisher's orders are valid"));
        }
    })
}

fn json_value(orders: &Orders) -> Work {
    let orders = orders.clone();
    Box::new(move || {
        for document in orders.documents().take(DOCUMENTS) {
            let value = serde_json::from_slice::<Value>(black_box(document));
            black_box(value.expect("the publisher's orders are JSON"));
        }
    })
}
