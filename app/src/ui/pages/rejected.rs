//! `/rejected`: the quarantine as a list.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Failure;
use crate::{
    api,
    desk::RejectedPage as Answer,
    error::Error,
    ui::{
        components::{
            Icon, PageTitle, ReasonChips, RejectedFilterForm, RejectedFoot, RejectedRows,
        },
        format::{number::count, rejected_link::RejectedLink},
        status::answer_with,
    },
};

/// The quarantine.
#[component]
pub fn RejectedPage() -> impl IntoView {
    let query = use_location().search;
    let link = Memo::new(move |_| query.with(|query| RejectedLink::from_query(query)));
    let answer = Resource::new_blocking(
        move || link.get(),
        |link| async move {
            let answer = ask(&link).await;
            (link, answer)
        },
    );
    let list = move || {
        Suspend::new(async move {
            let (link, answer) = answer.await;
            match answer {
                Ok(page) => view! { <List link page /> }.into_any(),
                Err(Error::Invalid { problem, .. }) => {
                    answer_with(http::StatusCode::BAD_REQUEST);
                    let page = Answer::default();
                    view! { <List link page mistake=problem /> }.into_any()
                }
                Err(error) => view! {
                    <Failure
                        error
                        sentence="The quarantine could not be read."
                        again=link.plain().to_string()
                        level=2
                    />
                }
                .into_any(),
            }
        })
    };
    view! {
        <div class="shell">
            <main class="page page--wide" id="main" tabindex="-1">
                <header class="title">
                    <div>
                        <h1>"Rejected messages"</h1>
                        <p class="title__lede">
                            "Not valid orders, kept whole. They were acknowledged, so they hold nothing up."
                        </p>
                    </div>
                </header>
                <Transition>{list}</Transition>
            </main>
        </div>
    }
    .into_any()
}

async fn ask(link: &RejectedLink) -> Result<Answer, Error> {
    let mistake = |problem| Error::Invalid {
        field: "filter".to_owned(),
        problem,
    };
    let filter = link.filter().map_err(mistake)?;
    let before = link.before().map_err(mistake)?;
    api::rejected(filter, before).await
}

/// The list that answers a filter.
#[component]
fn List(
    link: RejectedLink,
    page: Answer,
    /// What could not be understood, as a sentence.
    #[prop(optional, into)]
    mistake: Option<String>,
) -> impl IntoView {
    let total: u64 = page.counts.iter().map(|(_, messages)| messages).sum();
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let title = count(total, "rejected message", "rejected messages");
    let notice = notice(&link, mistake);
    let is_empty = page.rejected.is_empty();
    let rows = if is_empty {
        let sentence = if link.cursor.is_empty() {
            "No message in quarantine is like this."
        } else {
            "There are no messages older than these."
        };
        view! { <p class="quarantine__none">{sentence}</p> }.into_any()
    } else {
        view! { <RejectedRows rejected=page.rejected.clone() /> }.into_any()
    };
    view! {
        <PageTitle text=format!("{title} · Orderdesk") />
        {notice}
        <RejectedFilterForm link=link.clone() />
        <ReasonChips link=link.clone() counts=page.counts.clone() />
        <section class="card quarantine" aria-label="List of rejected messages">
            {rows}
            <RejectedFoot link page />
        </section>
    }
    .into_any()
}

/// What just happened, or what went wrong.
fn notice(link: &RejectedLink, mistake: Option<String>) -> Option<AnyView> {
    let number = |text: &str| text.parse::<usize>().ok();
    let (class, icon, role, text) = if let Some(mistake) = mistake {
        ("notice notice--bad", "error", "alert", mistake)
    } else if !link.failed.is_empty() {
        let text = "Not everything could be replayed: the database does not answer. What was done before stays done.";
        ("notice notice--bad", "error", "alert", text.to_owned())
    } else {
        let replayed = number(&link.replayed)?;
        let closed = number(&link.closed)?.min(replayed);
        let more = if link.start.is_empty() {
            ""
        } else {
            " There are more: go on below."
        };
        let text = format!(
            "{} replayed: {closed} closed, {} still open.{more}",
            count(replayed, "message", "messages"),
            replayed - closed
        );
        ("notice notice--info", "info", "status", text)
    };
    Some(
        view! {
            <div class=class role=role>
                <Icon name=icon />
                <p>{text}</p>
            </div>
        }
        .into_any(),
    )
}
