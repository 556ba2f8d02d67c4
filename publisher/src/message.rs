//! One message to publish, and what a run's messages come from.

use orders::{OrderUid, Reason};

/// Something that a run's messages come from. The message of an index is the
/// same whenever, and by whichever thread, it is asked for.
pub trait Source: Send + Sync {
    /// How many messages there are.
    fn len(&self) -> u64;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The message of this index, counted from 0.
    fn message(&self, index: u64) -> Message;

    /// An upper bound of the messages' sizes.
    fn largest_bytes(&self) -> usize;
}

/// One message to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its bytes.
    pub payload: Vec<u8>,
    /// What it is.
    pub content: Content,
}

/// What a message is, as far as Orderdesk will take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An order, not yet sent in this run.
    Order(OrderLine),
    /// An order that this run sends again.
    Duplicate(OrderLine),
    /// No order, and why not.
    NoOrder(Reason),
}

impl Content {
    /// The line to print, if it is an order.
    pub fn line(&self) -> Option<&OrderLine> {
        match self {
            Self::Order(line) | Self::Duplicate(line) => Some(line),
            Self::NoOrder(_) => None,
        }
    }

    /// What `payload` is, for messages that the publisher did not make.
    pub fn of(payload: &[u8]) -> Self {
        match orders::parse(payload, orders::DEFAULT_MAX_ORDER_BYTES) {
            Ok(order) => Self::Order(OrderLine {
                order_uid: order.order_uid,
                items: order.items.len(),
            }),
            Err(rejection) => Self::NoOrder(rejection.reason),
        }
    }
}

/// What is printed of an order: `<order_uid> <number of items>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The order's uid. It may hold spaces; the number follows the last one.
    pub order_uid: OrderUid,
    /// Number of item lines.
    pub items: usize,
}

impl std::fmt::Display for OrderLine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.order_uid, self.items)
    }
}
