//! The search box on pages without a list: a plain form that leads to one.

use leptos::prelude::*;

use super::Icon;
use crate::ui::{language::td_string, layout::SEARCH_BOX, reader::locale};

/// The search box.
#[component]
pub fn SearchForm(
    /// What stands in it.
    #[prop(optional, into)]
    asked: String,
) -> impl IntoView {
    let locale = locale();
    let name = td_string!(locale, common.search_orders);
    view! {
        <form class="search" role="search" method="get" action="/" aria-label=name>
            <div class="query">
                <Icon name="search" />
                <div class="query__field">
                    <input
                        id=SEARCH_BOX
                        name="q"
                        type="text"
                        aria-label=name
                        value=asked
                        placeholder=td_string!(locale, common.placeholder)
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
                <span>{td_string!(locale, common.search)}</span>
            </button>
        </form>
    }
    .into_any()
}
