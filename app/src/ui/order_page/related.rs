//! Other orders that share a value with an order.

use maud::{Markup, html};
use orders::OrderSummary;

use super::opened::Kindred;
use crate::ui::{
    components::{moment, money_text},
    format::{links, moment::Written, number::grouped},
    language::{counted, td_string},
    reader::Reader,
};

/// Other orders that share a value, the newest of them, and the way to all.
/// `title` says what they share; `id` is an id of its own.
pub(super) fn related(title: &str, id: &str, kindred: &Kindred, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let (others, query) = (&kindred.others, &kindred.query);
    let caption = if others.found.is_exact {
        counted!(locale, count.orders, others.found.orders)
    } else {
        td_string!(
            locale,
            desk.at_least,
            number = grouped(locale, others.found.orders)
        )
    };
    html! {
        section class="card no-print" aria-labelledby=(id) {
            div class="card__head" {
                h2 id=(id) { (title) }
                span class="caption" { (caption) }
            }
            ul class="related" {
                @for order in &others.orders { (related_order(order, reader)) }
            }
            div class="card__foot" {
                a href=(links::search(&query.to_string(), "", "")) {
                    (td_string!(locale, beside.all_as_list))
                }
            }
        }
    }
}

/// One of them.
fn related_order(order: &OrderSummary, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let uid = order.order_uid.as_str();
    html! {
        li {
            a href=(links::order_page(uid)) rel=[links::order_page_rel(uid)] {
                span class="code clip" { (uid) }
                span {
                    @if let Some(amount) = &order.amount {
                        (money_text(amount, &order.currency, locale))
                    }
                }
                span class="caption" { (counted!(locale, count.items, order.items)) }
                span class="caption" { (moment(order.date_created, Written::Placed, reader)) }
            }
        }
    }
}
