//! The fields of an order that are no part of its story.

use leptos::prelude::*;
use orders::Order;

use super::Fact;

/// The other fields.
#[component]
pub fn OrderFields(
    /// The order.
    order: Order,
) -> impl IntoView {
    let sm_id = order.sm_id.map_or_else(String::new, |id| id.to_string());
    view! {
        <section class="card no-print" aria-labelledby="other">
            <div class="card__head">
                <h2 id="other">"Other fields"</h2>
            </div>
            <div class="card__body">
                <dl class="facts">
                    <Fact term="Customer id" value=order.customer_id code=true />
                    <Fact term="Entry" value=order.entry code=true />
                    <Fact term="Locale" value=order.locale code=true />
                    <Fact term="Shard key" value=order.shardkey code=true />
                    <Fact term="sm_id" value=sm_id code=true />
                    <Fact term="oof_shard" value=order.oof_shard code=true />
                    <Fact term="Signature" value=order.internal_signature code=true />
                </dl>
            </div>
        </section>
    }
    .into_any()
}
