//! What `orders::parse` promises: which messages are orders, why the others are
//! not and where, and that no bytes at all can hurt it.

mod corpus;
mod hostile;
mod invariants;
mod model;
mod properties;
mod rejections;
mod strategy;

/// The order of the task, as it is published.
const MODEL: &str = include_str!("model.json");

/// Reads a message with the default limit.
fn parse(message: impl AsRef<[u8]>) -> Result<orders::Order, orders::Rejection> {
    orders::parse(message.as_ref(), orders::DEFAULT_MAX_ORDER_BYTES)
}

/// The model order with one part of its text replaced.
#[track_caller]
fn with(part: &str, replacement: &str) -> String {
    assert_eq!(
        MODEL.matches(part).count(),
        1,
        "{part} stands once in the model"
    );
    MODEL.replace(part, replacement)
}
