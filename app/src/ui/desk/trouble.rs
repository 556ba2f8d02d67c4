//! The list could not be read: what happened, and what to do.

use leptos::prelude::*;

use crate::error::Error;

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
    let (heading, sentence) = match trouble {
        Some(Error::Unavailable) => (
            "The database is away",
            "The list of orders could not be read. Orders in memory can be opened by their number, \
             and no order is lost: what is published waits in the channel.",
        ),
        Some(_) => (
            "Something broke inside Orderdesk",
            "The list of orders could not be made. The log says why. No order is lost by it.",
        ),
        None => (
            "Orderdesk does not answer",
            "It may be restarting, or the network is away. No order is lost: what is published \
             waits in the channel.",
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
                    "Try again"
                </a>
                <a class="button button--lg" href="/">
                    "All orders"
                </a>
            </div>
        </div>
    }
    .into_any()
}
