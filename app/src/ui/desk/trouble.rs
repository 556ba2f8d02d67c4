//! The list could not be read: what happened, and what to do.

use leptos::prelude::*;

use crate::{
    error::Error,
    ui::{language::td_string, reader::locale},
};

/// Why there is no list, and the way to try again.
#[component]
pub fn Trouble(
    /// What went wrong; `None` when Orderdesk itself did not answer.
    #[prop(into)]
    trouble: Option<Error>,
    /// The address of the list.
    #[prop(into)]
    again: String,
) -> impl IntoView {
    let locale = locale();
    let (heading, sentence) = match trouble {
        Some(Error::Unavailable) => (
            td_string!(locale, failures.database_away),
            td_string!(locale, failures.list_unread),
        ),
        Some(_) => (
            td_string!(locale, failures.broke_inside),
            td_string!(locale, failures.list_unmade),
        ),
        None => (
            td_string!(locale, failures.no_answer),
            td_string!(locale, failures.no_answer_why),
        ),
    };
    view! {
        <div class="page page--narrow" role="alert">
            <div class="prose">
                <h2 id="found" tabindex="-1">
                    {heading}
                </h2>
                <p>{sentence}</p>
            </div>
            <div class="row">
                <a class="button button--primary button--lg" href=again>
                    {td_string!(locale, common.try_again)}
                </a>
                <a class="button button--lg" href="/">
                    {td_string!(locale, common.all_orders)}
                </a>
            </div>
        </div>
    }
    .into_any()
}
