//! `/rejected/{id}`: one message of the quarantine.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Failure;
use crate::{
    api,
    desk::RejectedView,
    error::Error,
    ui::{
        components::{
            Icon, PageTitle, RejectedDecisions, RejectedFacts, RejectedHistory, RejectedSource,
        },
        format::{self, links::query_value, printable},
        status::answer_with,
    },
};

/// One message of the quarantine.
#[component]
pub fn RejectedMessagePage() -> impl IntoView {
    let location = use_location();
    let (path, query) = (location.pathname, location.search);
    let id = Memo::new(move |_| path.with(|path| id_in(path)));
    let failed =
        Memo::new(move |_| query.with(|query| query_value(query, "failed").unwrap_or_default()));
    let answer = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let answer = match id {
                Some(id) => api::rejected_message(id).await,
                None => Err(Error::NotFound),
            };
            (id, answer)
        },
    );
    let page = move || {
        let failed = failed.get();
        Suspend::new(async move {
            match answer.await {
                (_, Ok(message)) => view! { <Message message failed /> }.into_any(),
                (_, Err(Error::NotFound | Error::Invalid { .. })) => {
                    view! { <NoSuchMessage /> }.into_any()
                }
                (id, Err(error)) => view! {
                    <Failure
                        error
                        sentence="The quarantine could not be read."
                        again=format!("/rejected/{}", id.unwrap_or_default())
                    />
                }
                .into_any(),
            }
        })
    };
    view! {
        <div class="shell">
            <main class="page page--order" id="main" tabindex="-1">
                <nav class="crumbs" aria-label="Place">
                    <a href="/rejected">
                        <Icon name="left" />
                        <span>"Rejected"</span>
                    </a>
                </nav>
                <Transition>{page}</Transition>
            </main>
        </div>
    }
    .into_any()
}

/// The number that a path such as `/rejected/17` names.
fn id_in(path: &str) -> Option<i64> {
    path.strip_prefix("/rejected/")?.parse().ok()
}

#[component]
fn NoSuchMessage() -> impl IntoView {
    answer_with(http::StatusCode::NOT_FOUND);
    view! {
        <PageTitle text="No such message · Orderdesk" />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>"No such message"</h1>
            <p>
                "No rejected message has this number. Nothing is ever deleted from the quarantine."
            </p>
        </div>
    }
    .into_any()
}

/// A message that is there.
#[component]
fn Message(message: RejectedView, failed: String) -> impl IntoView {
    let summary = message.summary.clone();
    let reason = format::reason::reason(summary.reason);
    let verdict = if summary.path.is_empty() {
        printable(&summary.detail)
    } else {
        printable(&format!("{}: {}", summary.path, summary.detail))
    };
    let failure = match failed.as_str() {
        "" => None,
        "note" => {
            Some("Nothing was done: say why the message is discarded, in at most 1,000 characters.")
        }
        _ => Some("Nothing was done: the database does not answer. Try again in a moment."),
    };
    let failure = failure.map(|sentence| {
        view! {
            <div class="notice notice--bad" role="alert">
                <Icon name="error" />
                <p>{sentence}</p>
            </div>
        }
    });
    view! {
        <PageTitle text=format!("{reason} · message {} · Orderdesk", summary.id) />
        <header class="title">
            <div>
                <p class="title__kicker">
                    {format!("Rejected message {} · {}", summary.id, format::reason::state(summary.state))}
                </p>
                <h1>{reason}</h1>
                <p class="title__lede wrap-any">{verdict}</p>
            </div>
        </header>
        {failure}
        <div class="split">
            <div class="stack">
                <RejectedSource message=message.clone() />
            </div>
            <div class="stack">
                <RejectedDecisions summary=summary.clone() />
                <RejectedFacts summary place=message.place />
                <RejectedHistory actions=message.actions />
            </div>
        </div>
    }
    .into_any()
}
