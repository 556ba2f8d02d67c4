//! `/rejected/{id}`: one message of the quarantine.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Failure;
use crate::{
    api::{self, MAX_NOTE_CHARS},
    desk::RejectedView,
    error::Error,
    ui::{
        components::{
            Icon, PageTitle, RejectedDecisions, RejectedFacts, RejectedHistory, RejectedSource,
        },
        format::{self, links::query_value, number::grouped, printable},
        language::{lang_of_english, td_string},
        reader::locale,
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
    let locale = locale();
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
                        sentence=td_string!(locale, failures.quarantine_unread)
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
                <nav class="crumbs" aria-label=td_string!(locale, common.place)>
                    <a href="/rejected">
                        <Icon name="left" />
                        <span>{td_string!(locale, layout.rejected)}</span>
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
    let locale = locale();
    answer_with(http::StatusCode::NOT_FOUND);
    view! {
        <PageTitle text=td_string!(locale, failures.title_no_message) />
        <div class="prose">
            <p class="status-code">"404"</p>
            <h1>{td_string!(locale, failures.no_message)}</h1>
            <p>
                {td_string!(locale, failures.no_message_why)}
            </p>
        </div>
    }
    .into_any()
}

/// A message that is there.
#[component]
fn Message(message: RejectedView, failed: String) -> impl IntoView {
    let locale = locale();
    let summary = message.summary.clone();
    let reason = format::reason::reason(summary.reason, locale);
    let verdict = if summary.path.is_empty() {
        printable(&summary.detail)
    } else {
        printable(&format!("{}: {}", summary.path, summary.detail))
    };
    let failure = match failed.as_str() {
        "" => None,
        "note" => {
            let limit = grouped(locale, MAX_NOTE_CHARS);
            Some(td_string!(locale, rejected.say_why, limit))
        }
        _ => Some(td_string!(locale, rejected.not_done).to_owned()),
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
        <PageTitle text=td_string!(locale, rejected.message_title, reason, id = summary.id) />
        <header class="title">
            <div>
                <p class="title__kicker">
                    {td_string!(
                        locale,
                        rejected.kicker,
                        id = summary.id,
                        state = format::reason::state(summary.state, locale)
                    )}
                </p>
                <h1>{reason}</h1>
                <p class="title__lede wrap-any" lang=lang_of_english(locale)>{verdict}</p>
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
