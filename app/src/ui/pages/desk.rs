//! `/`: the order desk. The server asks what the address asks, and hands the
//! answer to the island.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;

use crate::ui::{
    components::PageTitle,
    context::{desk_from_context, pace_while_rendering, stats_while_rendering},
    desk::{Answer, AnswerParts, Question, SearchBox, TableView, Trouble},
    keys::ALL_KEYS,
    language::td_string,
    peek::Peek,
    rail::Views,
    reader::locale,
    status::answer_with,
};

/// The order desk.
#[component]
pub fn DeskPage() -> impl IntoView {
    let locale = locale();
    let query = use_location().search.get_untracked();
    let question = Question::from_query(&query);
    let asked = question.clone();
    let answer = Resource::new_blocking(
        move || asked.clone(),
        |question| async move {
            match desk_from_context() {
                Ok(desk) => Answer::find(&*desk, question).await,
                Err(trouble) => Answer {
                    question,
                    outcome: Err(trouble),
                    above: 0,
                    is_further_down: false,
                },
            }
        },
    );
    let desk = move || {
        Suspend::new(async move {
            let answer = answer.await;
            if let Err(error) = &answer.outcome {
                answer_with(error.status());
            }
            view! {
                <PageTitle text=answer.question.title(locale) />
                <AnswerParts
                    answer
                    stats=stats_while_rendering()
                    pace=pace_while_rendering()
                    view=TableView::requested()
                />
            }
        })
    };
    view! {
        <Meta name="description" content=td_string!(locale, desk.description) />
        <div class="shell shell--desk">
            <aside class="rail" aria-label=td_string!(locale, rail.name)>
                <Views />
                <a class="rail__foot" href=ALL_KEYS>
                    <kbd aria-hidden="true">"?"</kbd>
                    {td_string!(locale, keys.all)}
                </a>
            </aside>
            <main class="desk" id="main" tabindex="-1">
                <h1 class="sr-only">{td_string!(locale, layout.orders)}</h1>
                <SearchBox question />
                <Suspense>{desk}</Suspense>
                <template id="offline">
                    <Trouble trouble=None again="" />
                </template>
            </main>
            <Peek />
        </div>
    }
    .into_any()
}
