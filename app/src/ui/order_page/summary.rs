//! The top of an order: who, where, how much, how many, when.

use maud::{Markup, html};
use orders::{Order, Timestamp};

use super::items::brand_words;
use crate::ui::{
    components::{moment, money_text, utc},
    format::{
        moment::{Written, span},
        number::grouped,
    },
    language::{Locale, td_string},
    reader::Reader,
};

/// Five answers at one glance.
pub(super) fn summary(order: &Order, stored_at: Timestamp, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let (to, payment) = (&order.delivery, &order.payment);
    let stored = span(order.date_created, stored_at, locale)
        .map(|span| td_string!(locale, order.stored_later, span));
    html! {
        dl class="summary" {
            div {
                dt { (td_string!(locale, fields.customer)) }
                dd { (or_empty(&to.name, locale)) }
                dd { (to.phone) }
            }
            div {
                dt { (td_string!(locale, order.where_to)) }
                dd { (or_empty(&to.city, locale)) }
                dd { (joined(&order.delivery_service, &to.zip)) }
            }
            div class="summary__money" {
                dt { (td_string!(locale, fields.amount)) }
                dd {
                    @if let Some(amount) = &payment.amount {
                        (money_text(amount, &payment.currency, locale))
                    } @else {
                        (or_empty("", locale))
                    }
                }
                dd { (joined(&payment.provider, &payment.bank)) }
            }
            div class="summary__slip" {
                dt { (td_string!(locale, fields.items)) }
                dd { (grouped(locale, order.items.len())) }
                dd { (brand_words(&order.items, locale)) }
            }
            div class="summary__slip" {
                dt {
                    (td_string!(locale, fields.placed))
                    @if let Some(utc) = utc(", ", reader) { (utc) }
                }
                dd { (moment(order.date_created, Written::Minute, reader)) }
                dd { @if let Some(stored) = stored { (stored) } }
            }
        }
    }
}

fn or_empty(text: &str, locale: Locale) -> Markup {
    html! {
        @if text.is_empty() {
            span class="quiet" { (td_string!(locale, common.empty)) }
        } @else {
            (text)
        }
    }
}

/// Both, with a dot between where there are both.
fn joined(one: &str, other: &str) -> Markup {
    let separator = if one.is_empty() || other.is_empty() {
        ""
    } else {
        " · "
    };
    html! { (one) (separator) (other) }
}
