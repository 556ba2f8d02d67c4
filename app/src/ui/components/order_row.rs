//! One order in the list.

use std::time::Duration;

use leptos::prelude::*;
use orders::RowSeq;

use super::Moment;
use crate::ui::{
    context::today,
    format::{
        links, mark,
        moment::{arrived, placed},
        number::{grouped, money},
    },
    live::Row,
};

/// How long a new row is tinted, before it fades.
const TINTED_FOR: Duration = Duration::from_secs(4);

/// One order in the list.
#[component]
pub fn OrderRow(
    /// The order, and whether it is new.
    row: Row,
    /// What is looked up, to be marked.
    #[prop(into)]
    lookup: String,
    /// The newest row the reader has seen: newer ones carry a dot.
    #[prop(into)]
    seen: Signal<RowSeq>,
) -> impl IntoView {
    let Row { order, is_new } = row;
    let is_tinted = RwSignal::new(is_new);
    if is_new {
        set_timeout(
            move || {
                is_tinted.try_set(false);
            },
            TINTED_FOR,
        );
    }
    let seq = order.seq;
    let new_sign = move || {
        (is_new && seq > seen.get()).then(|| {
            view! {
                <span class="new-dot"></span>
                <span class="sr-only">" New"</span>
            }
        })
    };
    let today = today();
    let uid = order.order_uid.as_str();
    let items = item_words(&order.brand, &order.item, order.items);

    view! {
        <tr class:is-new=is_tinted>
            <td class="col-arrived">
                <Moment at=order.stored_at text=arrived(order.stored_at, today) />
                {new_sign}
            </td>
            <td class="col-uid">
                <a
                    class="orders__open code"
                    href=links::order_page(uid)
                    rel=links::order_page_rel(uid)
                    title=uid.to_owned()
                >
                    {marked(uid, &lookup)}
                </a>
            </td>
            <td class="col-customer">{order.name}</td>
            <td class="col-city">{order.city}</td>
            <td class="col-items">
                <span class="qty">{grouped(order.items)}</span>
                {order.brand}
                " "
                <span>{items}</span>
            </td>
            <td class="col-track">
                <span class="code">{marked(&order.track_number, &lookup)}</span>
            </td>
            <td class="col-delivery">{order.delivery_service}</td>
            <td class="col-placed">
                <Moment at=order.date_created text=placed(order.date_created, today) />
            </td>
            <td class="col-amount">
                {order
                    .amount
                    .map(|amount| {
                        view! {
                            <strong>{money(&amount)}</strong>
                            " "
                            <span class="currency">{order.currency}</span>
                        }
                    })}
            </td>
        </tr>
    }
    .into_any()
}

/// The first item's name, and how many more there are.
fn item_words(brand: &str, item: &str, items: usize) -> String {
    let more = items.saturating_sub(1);
    match (item.is_empty() && brand.is_empty(), more) {
        (_, 0) => item.to_owned(),
        (true, _) => String::new(),
        (false, more) => format!("{item} +{}", grouped(more)),
    }
}

/// `text` with the part that was looked up marked.
fn marked(text: &str, lookup: &str) -> AnyView {
    let Some(range) = mark::find(text, lookup) else {
        return text.to_owned().into_any();
    };
    let part = |from: usize, to: usize| {
        let part = &text[from..to];
        (!part.is_empty()).then(|| part.to_owned())
    };
    view! {
        {part(0, range.start)}
        <mark>{text[range.clone()].to_owned()}</mark>
        {part(range.end, text.len())}
    }
    .into_any()
}
