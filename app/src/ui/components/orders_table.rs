//! The list of orders as a table.

use leptos::prelude::*;
use orders::RowSeq;

use super::OrderRow;
use crate::ui::live::Row;

/// The list of orders.
#[component]
pub fn OrdersTable(
    /// The rows, newest first.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// What is looked up, to be marked.
    #[prop(into)]
    lookup: String,
    /// The newest row the reader has seen.
    #[prop(into)]
    seen: Signal<RowSeq>,
    /// Whether the rows are those of an earlier question.
    #[prop(optional)]
    is_stale: bool,
    /// Told whether the pointer or the focus is among the rows.
    #[prop(optional, into)]
    on_attention: Option<Callback<bool>>,
) -> impl IntoView {
    let attend = move |attends: bool| {
        if let Some(on_attention) = on_attention {
            on_attention.run(attends);
        }
    };
    // A match in the track number has to be seen to be understood.
    let has_lookup = !lookup.is_empty();
    let lookup = StoredValue::new(lookup);

    view! {
        <table class="orders" class:orders--stale=is_stale class:orders--track=has_lookup>
            <caption class="sr-only">"Orders found, newest first"</caption>
            <thead>
                <tr>
                    <th class="col-arrived" scope="col">"Arrived"</th>
                    <th class="col-uid" scope="col">"Order"</th>
                    <th class="col-customer" scope="col">"Customer"</th>
                    <th class="col-city" scope="col">"City"</th>
                    <th class="col-items" scope="col">"Items"</th>
                    <th class="col-track" scope="col">"Track number"</th>
                    <th class="col-delivery" scope="col">"Delivery"</th>
                    <th class="col-placed" scope="col">"Placed"</th>
                    <th class="col-amount" scope="col">"Amount"</th>
                </tr>
            </thead>
            <tbody
                on:pointerenter=move |_| attend(true)
                on:pointerleave=move |_| attend(false)
                on:focusin=move |_| attend(true)
                on:focusout=move |_| attend(false)
            >
                <For each=move || rows.get() key=|row| row.order.seq let:row>
                    <OrderRow row lookup=lookup.get_value() seen />
                </For>
            </tbody>
        </table>
    }
    .into_any()
}
