//! The bar at the top: the brand, the places, how things stand, settings.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Health, Settings};
use crate::ui::{components::Icon, format::number::grouped, live::feed_from_context};

/// The bar at the top of every page.
#[component]
pub fn Topbar() -> impl IntoView {
    let pathname = use_location().pathname;
    let is_among_orders =
        move || pathname.with(|path| path == "/" || path == "/wb" || path.starts_with("/orders"));

    let is_among_rejected = move || pathname.with(|path| path.starts_with("/rejected"));
    let feed = feed_from_context();
    let open = Memo::new(move |_| {
        feed.stats
            .with(|stats| stats.as_ref().map_or(0, |stats| stats.in_quarantine))
    });
    let count = move || {
        let open = open.get();
        (open > 0).then(|| {
            view! {
                <span class="count count--bad">
                    <span class="sr-only">": "</span>
                    {grouped(open)}
                </span>
            }
        })
    };

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
                    <li>
                        <a
                            href="/rejected"
                            aria-current=move || is_among_rejected().then_some("page")
                        >
                            <Icon name="rejected" />
                            "Rejected "
                            {count}
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
