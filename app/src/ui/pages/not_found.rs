//! There is no such order, or no such page. The response is a 404.

use leptos::prelude::*;

use crate::ui::{
    components::{PageTitle, SearchForm},
    format::printable,
    status::answer_with,
};

/// The longest uid that a heading repeats, in characters.
const MAX_SHOWN_CHARS: usize = 128;

/// There is no order with this uid.
#[component]
pub fn NotFound(
    /// What was asked for.
    #[prop(into)]
    uid: String,
) -> impl IntoView {
    answer_with(http::StatusCode::NOT_FOUND);
    let can_be = uid.parse::<orders::OrderUid>().is_ok();
    let sentence = if can_be {
        "There is no order with this number. It may not have been published yet, or a character may be missing."
    } else {
        "No order can have this number: a number has 1 to 128 characters, all of them printable, and no white space at its ends."
    };
    let shown = match uid.char_indices().nth(MAX_SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", printable(&uid[..end])),
        None => printable(&uid),
    };
    let asked = if can_be { uid } else { String::new() };

    view! {
        <PageTitle text="No such order · Orderdesk" />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>"No order " <span class="code">{shown}</span></h1>
            <p>{sentence}</p>
        </div>
        <section class="stack stack--tight" aria-labelledby="another">
            <h2 id="another">"Look for it another way"</h2>
            <SearchForm asked />
            <p class="quiet">"Part of the number will do, or of the track number."</p>
        </section>
    }
    .into_any()
}

/// There is no page at this address.
#[component]
pub fn NoSuchPage() -> impl IntoView {
    view! {
        <div class="shell">
            <main class="page page--narrow" id="main" tabindex="-1">
                <NothingHere />
            </main>
        </div>
    }
    .into_any()
}

/// Says that there is nothing at this address.
#[component]
pub fn NothingHere() -> impl IntoView {
    answer_with(http::StatusCode::NOT_FOUND);
    view! {
        <PageTitle text="No such page · Orderdesk" />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>"No page here"</h1>
            <p>
                "Nothing is at this address. An order is at " <span class="code">"/orders/"</span>
                " followed by its number."
            </p>
        </div>
        <section class="stack stack--tight" aria-labelledby="another">
            <h2 id="another">"Look for an order"</h2>
            <SearchForm />
        </section>
    }
    .into_any()
}
