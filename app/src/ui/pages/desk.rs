//! `/`: the order desk. The server asks what the address asks, and hands the
//! answer to the island.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;

use crate::{
    api,
    error::Error,
    ui::{
        components::PageTitle,
        context::{stats_while_rendering, today},
        desk::{Desk, Question, TableView},
        rail::Views,
        status::answer_with,
    },
};

/// The order desk.
#[component]
pub fn DeskPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let question = Question::from_query(&query);
    let answer = Resource::new_blocking(
        move || question.clone(),
        |question| async move {
            let Question {
                typed,
                sort,
                cursor,
            } = question.clone();
            let answer = match question.mistake() {
                Some(mistake) => Err(Error::invalid("q", mistake)),
                None => api::search(typed, Some(sort), Some(cursor), None).await,
            };
            (question, answer)
        },
    );
    let desk = move || {
        Suspend::new(async move {
            let (question, answer) = answer.await;
            let title = question.title();
            let (page, trouble) = match answer {
                Ok(page) => (Some(page), None),
                Err(error) => {
                    answer_with(error.status());
                    let is_mistake = matches!(error, Error::Invalid { .. });
                    (None, (!is_mistake).then_some(error))
                }
            };
            view! {
                <PageTitle text=title />
                <Desk question page trouble stats=stats_while_rendering() today=today() view=view() />
            }
        })
    };
    view! {
        <Meta name="description" content="Search every order and watch new ones arrive." />
        <div class="shell shell--desk">
            <aside class="rail" aria-label="Views and recent orders">
                <Views />
            </aside>
            <main class="desk" id="main" tabindex="-1">
                <h1 class="sr-only">"Orders"</h1>
                <Suspense>{desk}</Suspense>
            </main>
        </div>
    }
    .into_any()
}

/// How the reader wants the table.
fn view() -> TableView {
    #[cfg(feature = "ssr")]
    {
        TableView::requested()
    }
    #[cfg(not(feature = "ssr"))]
    TableView::default()
}
