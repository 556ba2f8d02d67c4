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

/// The island as HTML.
#[cfg(feature = "ssr")]
pub(in crate::ui) fn remember_html(order: KeptOrder) -> String {
    Owner::new().with(|| view! { <Remember order /> }.to_html())
}
