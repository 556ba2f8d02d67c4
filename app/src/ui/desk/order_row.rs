//! One order in the list.

use leptos::{either::Either, prelude::*};
use orders::{OrderSummary, search::Column};

use super::question::Question;
use crate::ui::{
    components::Moment,
    format::{
        moment::Written,
        number::{grouped, money},
    },
    language::Locale,
    reader::locale,
};

/// One order in the list.
#[component]
pub(super) fn OrderRow(
    /// The order.
    order: OrderSummary,
    /// The list that it is in.
    list: Question,
) -> impl IntoView {
    let locale = locale();
    let uid = order.order_uid.as_str();
    let text = |column, text: &str| marked(&order, column, text);
    let more = more_words(&order, locale);

    view! {
        <tr data-seq=order.seq.to_string() data-uid=uid.to_owned()>
            <td class="col-arrived">
                <Moment at=order.stored_at written=Written::Arrived />
            </td>
            <td class="col-uid">
                <a
                    class="orders__open code"
                    href=list.order_address(uid)
                    title=uid.to_owned()
                >
                    {text(Column::OrderUid, uid)}
                </a>
            </td>
            <td class="col-customer">{text(Column::Name, &order.name)}</td>
            <td class="col-city">{text(Column::City, &order.city)}</td>
            <td class="col-items">
                <span class="qty">{grouped(locale, order.items)}</span>
                {text(Column::Brand, &order.brand)}
                " "
                <span>{text(Column::Item, &order.item)} {more}</span>
            </td>
            <td class="col-track">
                <span class="code">{text(Column::TrackNumber, &order.track_number)}</span>
            </td>
            <td class="col-delivery">{text(Column::DeliveryService, &order.delivery_service)}</td>
            <td class="col-placed">
                <Moment at=order.date_created written=Written::Placed />
            </td>
            <td class="col-amount">
                {order
                    .amount
                    .as_ref()
                    .map(|amount| {
                        view! {
                            <strong>{money(locale, amount)}</strong>
                            " "
                            <span class="currency">{text(Column::Currency, &order.currency)}</span>
                        }
                    })}
            </td>
        </tr>
    }
}

/// How many more items there are than the one that is named.
fn more_words(order: &OrderSummary, locale: Locale) -> String {
    let is_named = !(order.item.is_empty() && order.brand.is_empty());
    match order.items.saturating_sub(1) {
        more if more > 0 && is_named => format!(" +{}", grouped(locale, more)),
        _ => String::new(),
    }
}

/// A text of the row with the parts that were asked for marked.
pub(in crate::ui) fn marked(
    order: &OrderSummary,
    column: Column,
    text: &str,
) -> impl IntoView + use<> {
    let mut parts = Vec::new();
    let mut at = 0;
    for mark in order.marks.iter().filter(|mark| mark.column == column) {
        let (Some(before), Some(part)) = (text.get(at..mark.start), text.get(mark.start..mark.end))
        else {
            // A mark of another version's.
            break;
        };
        if !before.is_empty() {
            parts.push(Either::Left(before.to_owned()));
        }
        let part = part.to_owned();
        parts.push(Either::Right(view! { <mark>{part}</mark> }));
        at = mark.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.is_empty() {
        parts.push(Either::Left(rest.to_owned()));
    }
    parts
}
