//! The search box on pages without a list: a plain form that leads to one.

use leptos::prelude::*;

use super::Icon;
use crate::ui::layout::SEARCH_BOX;

/// What the empty search box says.
pub const PLACEHOLDER: &str = "Order, phone, name, or city: amount: brand:";

/// The search box.
#[component]
pub fn SearchForm(
    /// What stands in it.
    #[prop(optional, into)]
    asked: String,
) -> impl IntoView {
    view! {
        <form class="search" role="search" method="get" action="/" aria-label="Search orders">
            <div class="query">
                <Icon name="search" />
                <div class="query__field">
                    <input
                        id=SEARCH_BOX
                        name="q"
                        type="text"
                        aria-label="Search orders"
                        value=asked
                        placeholder=PLACEHOLDER
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        enterkeyhint="search"
                    />
                </div>
                <kbd class="script-only" aria-hidden="true">
                    "/"
                </kbd>
            </div>
            <button class="button button--lg" type="submit">
                <Icon name="enter" />
                <span>"Search"</span>
            </button>
        </form>
    }
    .into_any()
}
