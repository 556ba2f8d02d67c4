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
        format::{
            number::grouped,
            rejected_link::{RejectedLink, UnknownFilter},
        },
        language::{Locale, counted, td_string},
        reader::locale,
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
    let locale = locale();
    let list = move || {
        Suspend::new(async move {
            let (link, answer) = answer.await;
            match answer {
                Ok(Ok(page)) => view! { <List link page /> }.into_any(),
                Err(unknown) => {
                    answer_with(http::StatusCode::BAD_REQUEST);
                    let page = Answer::default();
                    view! { <List link page mistake=unknown.sentence(locale) /> }.into_any()
                }
                Ok(Err(error)) => view! {
                    <Failure
                        error
                        sentence=td_string!(locale, failures.quarantine_unread)
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
                        <h1>{td_string!(locale, rejected.heading)}</h1>
                        <p class="title__lede">
                            {td_string!(locale, rejected.lede)}
                        </p>
                    </div>
                </header>
                <Transition>{list}</Transition>
            </main>
        </div>
    }
    .into_any()
}

async fn ask(link: &RejectedLink) -> Result<Result<Answer, Error>, UnknownFilter> {
    let filter = link.filter()?;
    let before = link.before()?;
    Ok(api::rejected(filter, before).await)
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
    let locale = locale();
    let title = counted!(locale, rejected.title, total);
    let notice = notice(&link, mistake, locale);
    let is_empty = page.rejected.is_empty();
    let rows = if is_empty {
        let sentence = if link.cursor.is_empty() {
            td_string!(locale, rejected.none_like)
        } else {
            td_string!(locale, rejected.none_older)
        };
        view! { <p class="quarantine__none">{sentence}</p> }.into_any()
    } else {
        view! { <RejectedRows rejected=page.rejected.clone() /> }.into_any()
    };
    view! {
        <PageTitle text=title />
        {notice}
        <RejectedFilterForm link=link.clone() />
        <ReasonChips link=link.clone() counts=page.counts.clone() />
        <section class="card quarantine" aria-label=td_string!(locale, rejected.list)>
            {rows}
            <RejectedFoot link page />
        </section>
    }
    .into_any()
}

/// What just happened, or what went wrong.
fn notice(link: &RejectedLink, mistake: Option<String>, locale: Locale) -> Option<AnyView> {
    let number = |text: &str| text.parse::<u64>().ok();
    let (class, icon, role, text) = if let Some(mistake) = mistake {
        ("notice notice--bad", "error", "alert", mistake)
    } else if !link.failed.is_empty() {
        let text = td_string!(locale, rejected.not_all_replayed);
        ("notice notice--bad", "error", "alert", text.to_owned())
    } else {
        let replayed = number(&link.replayed)?;
        let closed = number(&link.closed)?.min(replayed);
        let open = grouped(locale, replayed - closed);
        let closed = grouped(locale, closed);
        let mut text = counted!(locale, rejected.replayed_some, replayed, closed, open);
        if !link.start.is_empty() {
            text.push(' ');
            text.push_str(td_string!(locale, rejected.there_are_more));
        }
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
