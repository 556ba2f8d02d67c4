//! The bar at the top: the brand, the places, how things stand, settings.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Health, LanguageSwitch, RejectedCount, Settings};
use crate::ui::{
    components::Icon, context::stats_while_rendering, language::td_string, live::Standing,
    reader::locale, theme,
};

/// The bar at the top of every page.
#[component]
pub fn Topbar() -> impl IntoView {
    let locale = locale();
    let path = use_location().pathname.get_untracked();
    let is_among_orders = path == "/" || path == "/wb" || path.starts_with("/orders");
    let is_among_rejected = path.starts_with("/rejected");
    let is_status = path == "/status";
    let stats = stats_while_rendering().as_ref().map(Standing::from);

    view! {
        <header class="topbar">
            <a class="brand" href="/">
                <Icon name="mark" />
                <span class="brand__name">"Orderdesk"</span>
            </a>
            <nav class="nav" aria-label=td_string!(locale, layout.places)>
                <ul>
                    <li>
                        <a href="/" aria-current=is_among_orders.then_some("page")>
                            <Icon name="orders" />
                            {td_string!(locale, layout.orders)}
                        </a>
                    </li>
                    <li>
                        <a
                            href="/rejected"
                            aria-current=is_among_rejected.then_some("page")
                        >
                            <Icon name="rejected" />
                            {td_string!(locale, layout.rejected)}
                            " "
                            <RejectedCount stats />
                        </a>
                    </li>
                    <li>
                        <a href="/status" aria-current=is_status.then_some("page")>
                            <Icon name="status" />
                            {td_string!(locale, layout.status)}
                        </a>
                    </li>
                </ul>
            </nav>
            <div class="topbar__end">
                <Health stats />
                <Settings theme=theme::requested()>
                    <LanguageSwitch />
                </Settings>
            </div>
        </header>
    }
}
