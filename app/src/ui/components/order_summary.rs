//! The top of an order: who, where, how much, how many, when.

use std::collections::BTreeSet;

use leptos::prelude::*;
use orders::{Order, Timestamp};

use super::{Moment, MoneyText, Utc};
use crate::ui::{
    format::{
        moment::{Written, span},
        number::grouped,
    },
    language::{Locale, counted, td_string},
    reader::locale,
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
    let locale = locale();
    let brands = brand_words(items.iter().map(|item| item.brand.as_str()), locale);
    let stored = span(date_created, stored_at, locale)
        .map(|span| td_string!(locale, order.stored_later, span));

    view! {
        <dl class="summary">
            <div>
                <dt>{td_string!(locale, fields.customer)}</dt>
                <dd>{or_empty(delivery.name)}</dd>
                <dd>{delivery.phone}</dd>
            </div>
            <div>
                <dt>{td_string!(locale, order.where_to)}</dt>
                <dd>{or_empty(delivery.city)}</dd>
                <dd>{joined([delivery_service, delivery.zip])}</dd>
            </div>
            <div class="summary__money">
                <dt>{td_string!(locale, fields.amount)}</dt>
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
                <dt>{td_string!(locale, fields.items)}</dt>
                <dd>{grouped(locale, items.len())}</dd>
                <dd>{brands}</dd>
            </div>
            <div class="summary__slip">
                <dt>{td_string!(locale, fields.placed)} <Utc lead=", " /></dt>
                <dd>
                    <Moment at=date_created written=Written::Minute />
                </dd>
                <dd>{stored}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// How many different brands there are; empty if none is named.
pub fn brand_words<'a>(brands: impl Iterator<Item = &'a str>, locale: Locale) -> String {
    let brands: BTreeSet<&str> = brands.filter(|brand| !brand.is_empty()).collect();
    if brands.is_empty() {
        String::new()
    } else {
        counted!(locale, count.brands, brands.len())
    }
}

fn or_empty(text: String) -> impl IntoView {
    if text.is_empty() {
        view! { <span class="quiet">{td_string!(locale(), common.empty)}</span> }.into_any()
    } else {
        text.into_any()
    }
}

fn joined(parts: [String; 2]) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
