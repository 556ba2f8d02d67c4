//! There is no such order, or no such page. The response is a 404.

use leptos::prelude::*;

use crate::ui::{
    components::{PageTitle, SearchForm},
    format::printable,
    language::td_string,
    reader::locale,
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
    let locale = locale();
    let can_be = uid.parse::<orders::OrderUid>().is_ok();
    let sentence = if can_be {
        td_string!(locale, failures.no_such_order)
    } else {
        td_string!(locale, failures.no_such_number)
    };
    let shown = match uid.char_indices().nth(MAX_SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", printable(&uid[..end])),
        None => printable(&uid),
    };
    let asked = if can_be { uid } else { String::new() };

    view! {
        <PageTitle text=td_string!(locale, failures.title_no_order) />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>{td_string!(locale, failures.no_order)} " " <span class="code">{shown}</span></h1>
            <p>{sentence}</p>
        </div>
        <section class="stack stack--tight" aria-labelledby="another">
            <h2 id="another">{td_string!(locale, failures.another_way)}</h2>
            <SearchForm asked />
            <p class="quiet">{td_string!(locale, failures.part_will_do)}</p>
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
    let locale = locale();
    answer_with(http::StatusCode::NOT_FOUND);
    view! {
        <PageTitle text=td_string!(locale, failures.title_no_page) />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>{td_string!(locale, failures.no_page)}</h1>
            <p>
                {td_string!(locale, failures.nothing_here)}
                " "
                <span class="code">"/orders/" {td_string!(locale, failures.number)}</span>
                "."
            </p>
        </div>
        <section class="stack stack--tight" aria-labelledby="another">
            <h2 id="another">{td_string!(locale, failures.look_for_order)}</h2>
            <SearchForm />
        </section>
    }
    .into_any()
}
