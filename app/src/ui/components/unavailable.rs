//! The database is away, and what works meanwhile.

use leptos::prelude::*;

use super::{Icon, PageTitle};
use crate::ui::{
    context::stats_while_rendering,
    format::number::{count, grouped},
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
    let stats = stats_while_rendering();
    let in_memory = stats.as_ref().map(|stats| {
        format!(
            "{} of {} orders in memory",
            grouped(stats.cache.entries),
            grouped(stats.orders.max(stats.cache.entries))
        )
    });
    let waiting = stats.and_then(|stats| stats.lag).map(|lag| {
        let lag = usize::try_from(lag).unwrap_or(usize::MAX);
        format!("{} waiting", count(lag, "message", "messages"))
    });
    let heading = "The database is away";
    let heading = if level == 1 {
        view! { <h1>{heading}</h1> }.into_any()
    } else {
        view! { <h2 id="found">{heading}</h2> }.into_any()
    };

    view! {
        <PageTitle text="The database is away · Orderdesk" />
        <div class="prose">
            <p class="status-code">"503"</p>
            {heading}
            <p>"PostgreSQL does not answer. " {sentence} " No order is lost meanwhile."</p>
        </div>
        <div class="row">
            <a class="button button--primary button--lg" href=again rel="external">
                <Icon name="replay" />
                "Try again"
            </a>
        </div>
        <section class="card" aria-labelledby="works">
            <div class="card__head">
                <h2 id="works">"What works now"</h2>
                <span class="caption">{in_memory}</span>
            </div>
            <ul class="steps">
                <li>
                    <Icon name="check-ring" />
                    <span>
                        <strong>"Orders in memory"</strong>
                        <span class="quiet">"They open as ever"</span>
                    </span>
                    <span class="caption">"works"</span>
                </li>
                <li class="is-held">
                    <Icon name="pause" />
                    <span>
                        <strong>"New orders"</strong>
                        <span class="quiet">
                            "Held by NATS Streaming; stored in order when the database returns"
                        </span>
                    </span>
                    <span class="caption">{waiting}</span>
                </li>
                <li class="is-held">
                    <Icon name="pause" />
                    <span>
                        <strong>"Orders not in memory"</strong>
                        <span class="quiet">
                            "Neither found nor missing until the database answers"
                        </span>
                    </span>
                    <span class="caption">"waits"</span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}
