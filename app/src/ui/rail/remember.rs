//! Remembers that an order was opened.

use leptos::prelude::*;

use super::kept::{KeptOrder, remember};

/// Shows nothing; puts the order on top of those opened lately.
#[island]
pub fn Remember(
    /// The order.
    order: KeptOrder,
) -> impl IntoView {
    Effect::new(move |_| remember(order.clone()));
}
