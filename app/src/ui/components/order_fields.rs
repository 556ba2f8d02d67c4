//! The fields of an order that are no part of its story.

use leptos::prelude::*;
use orders::Order;

use super::Fact;
use crate::ui::{language::td_string, reader::locale};

/// The other fields.
#[component]
pub fn OrderFields(
    /// The order.
    order: Order,
) -> impl IntoView {
    let locale = locale();
    let sm_id = order.sm_id.map_or_else(String::new, |id| id.to_string());
    view! {
        <section class="card no-print" aria-labelledby="other">
            <div class="card__head">
                <h2 id="other">{td_string!(locale, order.other_fields)}</h2>
            </div>
            <div class="card__body">
                <dl class="facts">
                    <Fact term=td_string!(locale, order.customer_id) value=order.customer_id code=true />
                    <Fact term=td_string!(locale, order.entry) value=order.entry code=true />
                    <Fact term=td_string!(locale, order.locale) value=order.locale code=true />
                    <Fact term=td_string!(locale, order.shard_key) value=order.shardkey code=true />
                    <Fact term="sm_id" value=sm_id code=true />
                    <Fact term="oof_shard" value=order.oof_shard code=true />
                    <Fact term=td_string!(locale, order.signature) value=order.internal_signature code=true />
                </dl>
            </div>
        </section>
    }
    .into_any()
}
