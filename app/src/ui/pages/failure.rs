//! A page that could not be shown.

use leptos::prelude::*;

use crate::{
    error::Error,
    ui::{
        components::{PageTitle, Unavailable},
        language::td_string,
        reader::locale,
        status::answer_with,
    },
};

/// Says what went wrong, with the status that says the same.
#[component]
pub fn Failure(
    /// What went wrong.
    error: Error,
    /// What cannot be said while the database is away, as a sentence.
    sentence: &'static str,
    /// This page's own address, to try again.
    #[prop(into)]
    again: String,
    /// How big the heading is: 1 where it is the page's own.
    #[prop(default = 1)]
    level: u8,
) -> impl IntoView {
    if error == Error::Unavailable {
        return view! { <Unavailable sentence again level /> }.into_any();
    }
    answer_with(error.status());
    let locale = locale();
    let heading = td_string!(locale, failures.broke_inside);
    let heading = if level == 1 {
        view! { <h1>{heading}</h1> }.into_any()
    } else {
        view! { <h2 id="found">{heading}</h2> }.into_any()
    };
    view! {
        <PageTitle text=td_string!(locale, failures.title_broke) />
        <div class="prose">
            <p class="status-code">{error.status().as_u16().to_string()}</p>
            {heading}
            <p>{td_string!(locale, failures.page_unmade)}</p>
        </div>
        <div class="row">
            <a class="button button--primary button--lg" href=again rel="external">
                {td_string!(locale, common.try_again)}
            </a>
            <a class="button button--lg" href="/" rel="external">
                {td_string!(locale, common.all_orders)}
            </a>
        </div>
    }
    .into_any()
}
