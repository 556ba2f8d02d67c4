//! What was ordered, as a table with totals.

use leptos::prelude::*;
use orders::{Item, Order};

use super::order_summary::brand_words;
use crate::ui::{
    format::{
        number::{grouped, money, sum},
        sums,
    },
    language::{counted, td_string},
    reader::locale,
};

/// The most items that are shown unless all are asked for: a page of thousands
/// of rows is slow to open, and few read it.
pub const MAX_SHOWN: usize = 200;

/// What was ordered.
#[component]
pub fn ItemsTable(
    /// The order.
    order: Order,
    /// The address of this page with every item, if some are left out.
    #[prop(into)]
    all_href: String,
    /// Whether every item is asked for.
    show_all: bool,
) -> impl IntoView {
    let locale = locale();
    let total = sums::items_total(&order).map(|total| sum(locale, total));
    let Order { items, payment, .. } = order;
    let number = items.len();
    let brands = brand_words(items.iter().map(|item| item.brand.as_str()), locale);
    let caption = [counted!(locale, count.items, number), brands]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let shown = if show_all {
        number
    } else {
        number.min(MAX_SHOWN)
    };
    let total_head = if payment.currency.is_empty() {
        td_string!(locale, order.total).to_owned()
    } else {
        td_string!(locale, order.total_in, currency = payment.currency)
    };
    let rows = items
        .into_iter()
        .take(shown)
        .map(|item| view! { <ItemRow item /> })
        .collect_view();
    let footer = (number > 1).then_some(total).flatten().map(|total| {
        view! {
            <tfoot>
                <tr>
                    <td class="tick print-only"></td>
                    <th scope="row">{counted!(locale, order.all_items, number)}</th>
                    <td class="col-wide"></td>
                    <td class="col-wide no-print"></td>
                    <td class="col-wide no-print"></td>
                    <td class="col-wide no-print"></td>
                    <td class="col-wide no-print"></td>
                    <td class="end">{total}</td>
                </tr>
            </tfoot>
        }
    });
    let rest = (shown < number).then(|| {
        view! {
            <div class="card__foot">
                <p>{counted!(locale, order.first_shown, number, shown = grouped(locale, shown))}</p>
                <a class="push" href=all_href rel="external">
                    {td_string!(locale, order.show_all)}
                </a>
            </div>
        }
    });
    let body = if number == 0 {
        view! { <p class="card__body quiet">{td_string!(locale, order.no_items)}</p> }.into_any()
    } else {
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=td_string!(locale, order.items_table)>
                <table class="items">
                    <thead>
                        <tr>
                            <td class="tick print-only"></td>
                            <th scope="col">{td_string!(locale, fields.item)}</th>
                            <th class="col-wide" scope="col">{td_string!(locale, fields.nm_id)}</th>
                            <th class="col-wide no-print" scope="col">{td_string!(locale, order.variant)}</th>
                            <th class="col-wide no-print" scope="col">{td_string!(locale, fields.status)}</th>
                            <th class="col-wide end no-print" scope="col">{td_string!(locale, order.price)}</th>
                            <th class="col-wide end no-print" scope="col">{td_string!(locale, order.sale)}</th>
                            <th class="end" scope="col">{total_head}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    {footer}
                </table>
            </div>
        }
        .into_any()
    };

    view! {
        <section class="card" aria-labelledby="items">
            <div class="card__head">
                <h2 id="items">{td_string!(locale, fields.items)}</h2>
                <span class="caption">{caption}</span>
            </div>
            {body}
            {rest}
        </section>
    }
    .into_any()
}

/// One line of an order.
#[component]
fn ItemRow(item: Item) -> impl IntoView {
    let locale = locale();
    let text = |number: Option<i64>| number.map(|number| number.to_string());
    let price = item.price.as_ref().map(|price| money(locale, price));
    let sale = item
        .sale
        .as_ref()
        .map(|sale| td_string!(locale, units.percent, number = money(locale, sale)));
    let size =
        (!item.size.is_empty()).then(|| td_string!(locale, order.size, size = item.size.clone()));
    let calculation = match (&price, &sale) {
        (Some(price), Some(sale)) => Some(format!("{price} − {sale}")),
        (price, _) => price.clone(),
    };
    let about = [Some(item.brand).filter(|brand| !brand.is_empty()), size]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let name = if item.name.is_empty() {
        td_string!(locale, order.nameless).to_owned()
    } else {
        item.name
    };
    let separator = if about.is_empty() { "" } else { " · " };
    let calculation = calculation.map(|calculation| {
        view! { <span class="items__calc no-print">{format!("{separator}{calculation}")}</span> }
    });

    view! {
        <tr>
            <td class="tick print-only">
                <i></i>
            </td>
            <th scope="row">
                {name} <span class="caption">{about}{calculation}</span>
            </th>
            <td class="col-wide quiet">
                <span class="code">{text(item.nm_id)}</span>
            </td>
            <td class="col-wide quiet no-print">
                <span class="code">{text(item.chrt_id)}</span>
            </td>
            <td class="col-wide quiet no-print">{text(item.status)}</td>
            <td class="col-wide end quiet no-print">{price}</td>
            <td class="col-wide end quiet no-print">{sale}</td>
            <td class="end">
                <strong>{item.total_price.as_ref().map(|total| money(locale, total))}</strong>
            </td>
        </tr>
    }
    .into_any()
}
