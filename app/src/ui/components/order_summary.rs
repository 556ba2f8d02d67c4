//! The top of an order: who, where, how much, how many, when.

use std::collections::BTreeSet;

use leptos::prelude::*;
use orders::{Order, Timestamp};

use super::{Moment, MoneyText};
use crate::ui::format::{
    moment::{date_time, span},
    number::{count, grouped},
};

/// Five answers at one glance.
#[component]
pub fn OrderSummaryStrip(
    /// The order.
    order: Order,
    /// When it was stored.
    stored_at: Timestamp,
) -> impl IntoView {
    let Order {
        delivery,
        payment,
        items,
        delivery_service,
        date_created,
        ..
    } = order;
    let brands = brand_words(items.iter().map(|item| item.brand.as_str()));
    let stored = span(date_created, stored_at)
        .map_or_else(String::new, |span| format!("stored {span} later"));

    view! {
        <dl class="summary">
            <div>
                <dt>"Customer"</dt>
                <dd>{or_empty(delivery.name)}</dd>
                <dd>{delivery.phone}</dd>
            </div>
            <div>
                <dt>"Where to"</dt>
                <dd>{or_empty(delivery.city)}</dd>
                <dd>{joined([delivery_service, delivery.zip])}</dd>
            </div>
            <div class="summary__money">
                <dt>"Amount"</dt>
                <dd>
                    {if payment.amount.is_some() {
                        view! { <MoneyText amount=payment.amount currency=payment.currency /> }
                            .into_any()
                    } else {
                        or_empty(String::new()).into_any()
                    }}
                </dd>
                <dd>{joined([payment.provider, payment.bank])}</dd>
            </div>
            <div class="summary__slip">
                <dt>"Items"</dt>
                <dd>{grouped(items.len())}</dd>
                <dd>{brands}</dd>
            </div>
            <div class="summary__slip">
                <dt>"Placed, UTC"</dt>
                <dd>
                    <Moment at=date_created text=date_time(date_created) />
                </dd>
                <dd>{stored}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// How many different brands there are; empty if none is named.
pub fn brand_words<'a>(brands: impl Iterator<Item = &'a str>) -> String {
    let brands: BTreeSet<&str> = brands.filter(|brand| !brand.is_empty()).collect();
    if brands.is_empty() {
        String::new()
    } else {
        count(brands.len(), "brand", "brands")
    }
}

fn or_empty(text: String) -> impl IntoView {
    if text.is_empty() {
        view! { <span class="quiet">"empty"</span> }.into_any()
    } else {
        text.into_any()
    }
}

fn joined(parts: [String; 2]) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
