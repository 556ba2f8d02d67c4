//! What stands beside an order.

use orders::{OrderSummary, OrderUid};
use serde::{Deserialize, Serialize};

use super::Found;

/// An order's place in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbours {
    /// The order just above it.
    pub previous: Option<OrderUid>,
    /// The order just below it.
    pub next: Option<OrderUid>,
    /// Which one of the list it is, from 1; `None` where the list does not hold
    /// it, or that was not counted.
    pub place: Option<u64>,
    /// How many orders the list holds; 0 where that was not counted.
    pub found: Found,
}

/// Orders that share a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The newest of them, newest first.
    pub orders: Vec<OrderSummary>,
    /// How many there are.
    pub found: Found,
}
