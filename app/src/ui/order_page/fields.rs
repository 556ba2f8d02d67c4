//! The fields of an order that are no part of its story.

use maud::{Markup, html};
use orders::Order;

use crate::ui::{
    components::FactText,
    language::{Locale, td_string},
};

/// The other fields.
pub(super) fn fields(order: &Order, locale: Locale) -> Markup {
    let sm_id = order.sm_id.map_or_else(String::new, |id| id.to_string());
    let facts = [
        (td_string!(locale, order.customer_id), &order.customer_id),
        (td_string!(locale, order.entry), &order.entry),
        (td_string!(locale, order.locale), &order.locale),
        (td_string!(locale, order.shard_key), &order.shardkey),
        ("sm_id", &sm_id),
        ("oof_shard", &order.oof_shard),
        (
            td_string!(locale, order.signature),
            &order.internal_signature,
        ),
    ];
    html! {
        section class="card no-print" aria-labelledby="other" {
            div class="card__head" {
                h2 id="other" { (td_string!(locale, order.other_fields)) }
            }
            div class="card__body" {
                dl class="facts" {
                    @for (term, value) in facts {
                        (FactText::code(term, value).html(locale))
                    }
                }
            }
        }
    }
}
