//! Other orders that share a value with an order.

use leptos::prelude::*;
use orders::{OrderSummary, search::Query};

use super::{Moment, MoneyText};
use crate::{
    desk::Found,
    ui::{
        format::{links, moment::Written, number::grouped},
        language::{counted, td_string},
        reader::locale,
    },
};

/// Other orders that share a value, the newest of them, and the way to all.
#[component]
pub fn RelatedOrders(
    /// What they share, as a heading.
    title: &'static str,
    /// An id of its own.
    id: &'static str,
    /// The search that finds them all, and the order itself.
    query: Query,
    /// The newest of them.
    orders: Vec<OrderSummary>,
    /// How many there are.
    found: Found,
) -> impl IntoView {
    let locale = locale();
    let caption = if found.is_exact {
        counted!(locale, count.orders, found.orders)
    } else {
        td_string!(
            locale,
            desk.at_least,
            number = grouped(locale, found.orders)
        )
    };
    let rows = orders
        .into_iter()
        .map(|order| view! { <RelatedOrder order /> })
        .collect_view();
    view! {
        <section class="card no-print" aria-labelledby=id>
            <div class="card__head">
                <h2 id=id>{title}</h2>
                <span class="caption">{caption}</span>
            </div>
            <ul class="related">{rows}</ul>
            <div class="card__foot">
                <a href=links::search(&query.to_string(), "", "")>{td_string!(locale, beside.all_as_list)}</a>
            </div>
        </section>
    }
    .into_any()
}

/// One of them.
#[component]
fn RelatedOrder(order: OrderSummary) -> impl IntoView {
    let uid = order.order_uid.to_string();
    let items = counted!(locale(), count.items, order.items);
    view! {
        <li>
            <a href=links::order_page(&uid) rel=links::order_page_rel(&uid)>
                <span class="code clip">{uid.clone()}</span>
                <span>
                    <MoneyText amount=order.amount currency=order.currency />
                </span>
                <span class="caption">{items}</span>
                <span class="caption">
                    <Moment at=order.date_created written=Written::Placed />
                </span>
            </a>
        </li>
    }
}
