//! What others show of an order's page: search engines, chats that preview
//! links. A link travels further than the right to read it, so nothing here
//! tells who the customer is or where they live.

use leptos::prelude::*;
use leptos_meta::Meta;
use orders::{Order, Timestamp};

use crate::ui::{
    format::{
        moment::{Written, span, write},
        number::money,
    },
    language::{counted, td_string},
    reader::{Reader, locale},
};

/// The order in the head of its page.
#[component]
pub fn OrderPreview(
    /// The order.
    order: Order,
    /// When it was stored.
    stored_at: Timestamp,
) -> impl IntoView {
    let title = td_string!(
        locale(),
        beside.preview_title,
        uid = order.order_uid.as_str()
    );
    let description = describe(&order, stored_at);
    view! {
        <Meta name="description" content=description.clone() />
        <Meta property="og:site_name" content="Orderdesk" />
        <Meta property="og:type" content="website" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
    }
}

/// How much, how many, when, and that it is stored; in UTC, since programs read
/// it.
fn describe(order: &Order, stored_at: Timestamp) -> String {
    let locale = locale();
    let in_utc = Reader {
        locale,
        ..Reader::default()
    };
    let amount = order.payment.amount.as_ref().map(|amount| {
        let amount = format!(", {} {}", money(locale, amount), order.payment.currency);
        amount.trim_end().to_owned()
    });
    let at = write(order.date_created, Written::Minute, &in_utc);
    let when = if let Some(span) = span(order.date_created, stored_at, locale) {
        td_string!(locale, beside.stored_later, at = at, span = span)
    } else {
        td_string!(locale, beside.stored, at = at)
    };
    format!(
        "{}{}. {when}",
        counted!(locale, count.items, order.items.len()),
        amount.unwrap_or_default()
    )
}
