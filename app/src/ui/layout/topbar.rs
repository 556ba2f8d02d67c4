//! The bar at the top: the brand, the places, how things stand, settings.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Health, Settings};
use crate::ui::components::Icon;

/// The bar at the top of every page.
#[component]
pub fn Topbar() -> impl IntoView {
    let pathname = use_location().pathname;
    let is_among_orders =
        move || pathname.with(|path| path == "/" || path == "/wb" || path.starts_with("/orders"));

    view! {
        <header class="topbar">
            <a class="brand" href="/">
                <Icon name="mark" />
                <span class="brand__name">"Orderdesk"</span>
            </a>
            <nav class="nav" aria-label="Main">
                <ul>
                    <li>
                        <a href="/" aria-current=move || is_among_orders().then_some("page")>
                            <Icon name="orders" />
                            "Orders"
                        </a>
                    </li>
                </ul>
            </nav>
            <div class="topbar__end">
                <Health />
                <Settings />
            </div>
        </header>
    }
    .into_any()
}
