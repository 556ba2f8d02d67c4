//! The database is away, and what works meanwhile.

use leptos::prelude::*;

use super::{Icon, PageTitle};
use crate::ui::{
    context::stats_while_rendering,
    format::number::grouped,
    language::{counted, td_string},
    reader::locale,
    status::answer_with,
};

/// Says that something could not be looked up. The response is a 503.
#[component]
pub fn Unavailable(
    /// What cannot be said now, as a sentence.
    sentence: &'static str,
    /// This page's own address, to try again.
    #[prop(into)]
    again: String,
    /// How big the heading is: 1 where it is the page's own.
    #[prop(default = 1)]
    level: u8,
) -> impl IntoView {
    answer_with(http::StatusCode::SERVICE_UNAVAILABLE);
    let locale = locale();
    let stats = stats_while_rendering();
    let in_memory = stats.as_ref().map(|stats| {
        let all = stats.orders.max(stats.cache.entries);
        let in_memory = grouped(locale, stats.cache.entries);
        counted!(locale, failures.in_memory, all, in_memory)
    });
    let waiting = stats
        .and_then(|stats| stats.lag)
        .map(|lag| counted!(locale, failures.waiting, lag));
    let heading = td_string!(locale, failures.database_away);
    let heading = if level == 1 {
        view! { <h1>{heading}</h1> }.into_any()
    } else {
        view! { <h2 id="found">{heading}</h2> }.into_any()
    };

    view! {
        <PageTitle text=td_string!(locale, failures.title_away) />
        <div class="prose">
            <p class="status-code">"503"</p>
            {heading}
            <p>{td_string!(locale, failures.away, sentence)}</p>
        </div>
        <div class="row">
            <a class="button button--primary button--lg" href=again rel="external">
                <Icon name="replay" />
                {td_string!(locale, common.try_again)}
            </a>
        </div>
        <section class="card" aria-labelledby={td_string!(locale, failures.works)}>
            <div class="card__head">
                <h2 id={td_string!(locale, failures.works)}>{td_string!(locale, failures.what_works)}</h2>
                <span class="caption">{in_memory}</span>
            </div>
            <ul class="steps">
                <li>
                    <Icon name="check-ring" />
                    <span>
                        <strong>{td_string!(locale, failures.orders_in_memory)}</strong>
                        <span class="quiet">{td_string!(locale, failures.open_as_ever)}</span>
                    </span>
                    <span class="caption">{td_string!(locale, failures.works)}</span>
                </li>
                <li class="is-held">
                    <Icon name="pause" />
                    <span>
                        <strong>{td_string!(locale, failures.new_orders)}</strong>
                        <span class="quiet">
                            {td_string!(locale, failures.held)}
                        </span>
                    </span>
                    <span class="caption">{waiting}</span>
                </li>
                <li class="is-held">
                    <Icon name="pause" />
                    <span>
                        <strong>{td_string!(locale, failures.not_in_memory)}</strong>
                        <span class="quiet">
                            {td_string!(locale, failures.neither)}
                        </span>
                    </span>
                    <span class="caption">{td_string!(locale, failures.waits)}</span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}
