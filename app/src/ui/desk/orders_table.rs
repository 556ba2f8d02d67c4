//! The list of orders as a table.

use leptos::prelude::*;
use orders::{
    OrderSummary, Sort,
    search::{Condition, TextField},
};

use super::{order_row::OrderRow, question::Question};
use crate::ui::{components::Icon, language::td_string, reader::locale};

/// The list of orders.
#[component]
pub(super) fn OrdersTable(
    /// The orders, in the order of the list.
    orders: Vec<OrderSummary>,
    /// What was asked.
    question: Question,
) -> impl IntoView {
    // A match in the track number has to be seen to be understood.
    let may_be_track = question.parsed().terms.iter().any(|(_, term)| {
        !term.is_negated
            && match &term.condition {
                Condition::Word(_) => true,
                Condition::Contains(field, _) | Condition::Is(field, _) => {
                    *field == TextField::Track
                }
                Condition::Number(..) | Condition::Time(..) => false,
            }
    });
    let locale = locale();
    let sort = question.sort();
    let caption = match sort {
        Sort::Arrival => td_string!(locale, desk.caption_arrival),
        Sort::Date => td_string!(locale, desk.caption_date),
        Sort::Amount => td_string!(locale, desk.caption_amount),
    };
    let sorted = move |by: Sort| (sort == by).then_some("descending");
    let list = question.clone();
    let heading = move |by: Sort, label: &'static str| {
        view! {
            <a href=question.sorted_by(by).address()>
                {label} {(sort == by).then(|| view! { <Icon name="arrow-down" /> })}
            </a>
        }
    };

    let rows = orders
        .into_iter()
        .map(|order| view! { <OrderRow order list=list.clone() /> })
        .collect_view();

    view! {
        <table class="orders" class:orders--track=may_be_track>
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr>
                    <th class="col-arrived" scope="col" aria-sort=sorted(Sort::Arrival)>
                        {heading(Sort::Arrival, td_string!(locale, fields.arrived))}
                    </th>
                    <th class="col-uid" scope="col">{td_string!(locale, fields.order)}</th>
                    <th class="col-customer" scope="col">{td_string!(locale, fields.customer)}</th>
                    <th class="col-city" scope="col">{td_string!(locale, fields.city)}</th>
                    <th class="col-items" scope="col">{td_string!(locale, fields.items)}</th>
                    <th class="col-track" scope="col">{td_string!(locale, fields.track)}</th>
                    <th class="col-delivery" scope="col">{td_string!(locale, fields.delivery)}</th>
                    <th class="col-placed" scope="col" aria-sort=sorted(Sort::Date)>
                        {heading(Sort::Date, td_string!(locale, fields.placed))}
                    </th>
                    <th class="col-amount" scope="col" aria-sort=sorted(Sort::Amount)>
                        {heading(Sort::Amount, td_string!(locale, fields.amount))}
                    </th>
                </tr>
            </thead>
            <tbody>
                {rows}
            </tbody>
        </table>
    }
}
