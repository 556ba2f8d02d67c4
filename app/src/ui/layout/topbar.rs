//! The bar at the top: the brand, the places, how things stand, settings.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Health, LanguageSwitch, RejectedCount, Settings};
use crate::ui::{
    components::Icon,
    context::stats_while_rendering,
    keys::{ALL_KEYS, command_key},
    language::td_string,
    live::Standing,
    reader::locale,
    theme,
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
                <button
                    class="goto script-only"
                    type="button"
                    aria-haspopup="dialog"
                    aria-keyshortcuts="Control+K Meta+K"
                    data-palette=""
                >
                    <Icon name="command" />
                    <span class="goto__label">{td_string!(locale, palette.go_to)}</span>
                    <span class="goto__keys" aria-hidden="true">
                        <kbd>{command_key()}</kbd>
                        <kbd>"K"</kbd>
                    </span>
                </button>
                <Settings theme=theme::requested()>
                    <LanguageSwitch />
                    <div class="menu__group">
                        <a class="menu__item" href=ALL_KEYS>
                            <Icon name="help" />
                            {td_string!(locale, keys.title)}
                            <kbd class="push" aria-hidden="true">
                                "?"
                            </kbd>
                        </a>
                        <a class="menu__item" href="/api/docs">
                            <Icon name="link" />
                            {td_string!(locale, palette.api)}
                        </a>
                    </div>
                </Settings>
            </div>
        </header>
    }
}
