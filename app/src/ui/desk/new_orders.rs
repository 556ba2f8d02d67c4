//! The pill above a list: how many new orders wait, and the way to see them.

use leptos::prelude::*;

use crate::{
    desk::DEFAULT_PAGE,
    ui::{components::Icon, format::number::grouped},
};

/// How many new orders wait to be shown.
#[component]
pub(super) fn NewOrders(
    /// Their number; from a page on, "or more".
    #[prop(into)]
    waiting: Signal<usize>,
    /// Shows them.
    #[prop(into)]
    on_show: Callback<()>,
) -> impl IntoView {
    let number = move || match waiting.get() {
        many if many >= DEFAULT_PAGE => format!("{many}+"),
        few => grouped(few),
    };
    view! {
        <button
            class="pill"
            type="button"
            aria-label=move || format!("Show {} new orders", number())
            on:click=move |_| on_show.run(())
        >
            <Icon name="arrow-up" />
            {move || format!("{} new", number())}
        </button>
    }
}
