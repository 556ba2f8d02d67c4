//! `/keys`: every key, to read.

use leptos::prelude::*;

use crate::ui::{components::PageTitle, keys::AllKeys};

/// Every key, to read.
#[component]
pub fn KeysPage() -> impl IntoView {
    view! {
        <PageTitle text="Keyboard shortcuts · Orderdesk" />
        <div class="shell">
            <main class="page page--narrow" id="main" tabindex="-1">
                <header class="title">
                    <h1>"Keyboard shortcuts"</h1>
                </header>
                <AllKeys />
            </main>
        </div>
    }
    .into_any()
}
