//! What others show of an order's page: search engines, chats that preview
//! links. A link travels further than the right to read it, so nothing here
//! tells who the customer is or where they live.

use leptos::prelude::*;
use leptos_meta::Meta;
use orders::{Order, Timestamp};

use crate::ui::format::{
    moment::{date_time, span},
    number::{count, money},
};

/// The order in the head of its page.
#[component]
pub fn OrderPreview(
    /// The order.
    order: Order,
    /// When it was stored.
    stored_at: Timestamp,
) -> impl IntoView {
    let title = format!("Order {}", order.order_uid);
    let description = describe(&order, stored_at);
    view! {
        <Meta name="description" content=description.clone() />
        <Meta property="og:site_name" content="Orderdesk" />
        <Meta property="og:type" content="website" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
    }
}

/// How much, how many, when, and that it is stored.
fn describe(order: &Order, stored_at: Timestamp) -> String {
    let amount = order.payment.amount.as_ref().map(|amount| {
        let amount = format!(", {} {}", money(amount), order.payment.currency);
        amount.trim_end().to_owned()
    });
    let stored = span(order.date_created, stored_at).map_or_else(
        || "stored".to_owned(),
        |span| format!("stored {span} later"),
    );
    format!(
        "{}{}. Placed {} UTC, {stored}.",
        count(order.items.len(), "item", "items"),
        amount.unwrap_or_default(),
        date_time(order.date_created)
    )
}
