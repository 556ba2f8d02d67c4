//! `/keys`: every key, to read.

use leptos::prelude::*;

use crate::ui::{components::PageTitle, keys::AllKeys, language::td_string, reader::locale};

/// Every key, to read.
#[component]
pub fn KeysPage() -> impl IntoView {
    let title = td_string!(locale(), keys.title);
    view! {
        <PageTitle text=format!("{title} · Orderdesk") />
        <div class="shell">
            <main class="page page--narrow" id="main" tabindex="-1">
                <header class="title">
                    <h1>{title}</h1>
                </header>
                <AllKeys />
            </main>
        </div>
    }
    .into_any()
}
