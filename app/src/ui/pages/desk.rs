//! `/`: the order desk. Search, the list, what arrives.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;

use super::{
    Failure,
    desk_list::{DeskList, DeskState},
    question::Question,
};
use crate::{
    desk::OrderPage,
    error::Error,
    ui::{
        components::{SearchForm, StreamNotice},
        format::{links, printable},
        live::{Arrivals, feed_from_context},
        status::answer_with,
    },
};

/// The order desk.
#[component]
pub fn DeskPage() -> impl IntoView {
    let query = use_location().search;
    let question = Memo::new(move |_| query.with(|query| Question::from_query(query)));
    let answer = Resource::new_blocking(
        move || question.get(),
        |question| async move {
            let answer = question.clone().ask().await;
            (question, answer)
        },
    );
    let is_loading = RwSignal::new(false);
    let last_good = StoredValue::new(None::<OrderPage>);
    let state = DeskState {
        arrivals: collect_arrivals(question),
        announcement: RwSignal::new(String::new()),
        is_rendered: RwSignal::new(false),
    };
    let feed = feed_from_context();
    Effect::new(move |before: Option<u32>| {
        let missed = feed.missed.get();
        if before.is_some_and(|before| before != missed) {
            answer.refetch();
        }
        state.is_rendered.set(true);
        missed
    });

    let list = move || {
        Suspend::new(async move {
            let (question, answer) = answer.await;
            match answer {
                Ok(page) => {
                    last_good.set_value(Some(page.clone()));
                    view! { <DeskList question page state /> }.into_any()
                }
                Err(Error::Invalid { .. }) => {
                    answer_with(http::StatusCode::BAD_REQUEST);
                    let page = last_good.get_value().unwrap_or_default();
                    view! { <DeskList question page state /> }.into_any()
                }
                Err(error) => view! {
                    <div class="page page--narrow">
                        <Failure
                            error
                            sentence="The list of orders could not be read."
                            again=links::search(&question.typed, None)
                            level=2
                        />
                    </div>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Meta name="description" content="Search every order and watch new ones arrive." />
        <div class="shell shell--desk">
            <main class="desk" id="main" tabindex="-1">
                <h1 class="sr-only">"Orders"</h1>
                <SearchForm
                    asked=Signal::derive(move || question.with(|question| printable(&question.typed)))
                    mistake=Signal::derive(move || question.with(Question::mistake))
                />
                <StreamNotice />
                <p class="sr-only" role="status">
                    {state.announcement}
                </p>
                <section
                    class="results"
                    aria-labelledby="found"
                    aria-busy=move || is_loading.get().then_some("true")
                >
                    <Transition set_pending=is_loading>{list}</Transition>
                </section>
            </main>
        </div>
    }
    .into_any()
}

/// Collects what arrives from the moment a question is asked: nothing falls
/// between its answer and the stream.
fn collect_arrivals(question: Memo<Question>) -> RwSignal<Arrivals> {
    let batch = feed_from_context().batch;
    let arrivals =
        RwSignal::new(question.with_untracked(|question| Arrivals::of(question.lookup())));
    Effect::new(move |before: Option<Question>| {
        let question = question.get();
        if before.is_some_and(|before| before != question) {
            arrivals.set(Arrivals::of(question.lookup()));
        }
        question
    });
    Effect::new(move |_| {
        batch.with(|batch| {
            if !batch.is_empty() {
                arrivals.update(|arrivals| arrivals.take(batch));
            }
        });
    });
    arrivals
}
