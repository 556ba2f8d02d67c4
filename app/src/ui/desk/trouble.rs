//! The list could not be read: what happened, and what to do.

use leptos::prelude::*;

use super::{question::Question, state::DeskState};
use crate::{error::Error, ui::live::browser};

/// Why there is no list, and the way to try again.
#[component]
pub(super) fn Trouble(
    /// What went wrong.
    trouble: Error,
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let state = DeskState::from_context();
    let (heading, sentence) = match trouble {
        Error::Unavailable => (
            "The database is away",
            "The list of orders could not be read. Orders in memory can be opened by their number, \
             and no order is lost: what is published waits in the channel.",
        ),
        _ => (
            "Something broke inside Orderdesk",
            "The list of orders could not be made. The log says why. No order is lost by it.",
        ),
    };
    view! {
        <div class="page page--narrow" role="alert">
            <div class="prose">
                <h2 id="found">{heading}</h2>
                <p>{sentence}</p>
            </div>
            <div class="row">
                <a
                    class="button button--primary button--lg"
                    href=question.address()
                    on:click=move |event| {
                        event.prevent_default();
                        state.ask_again();
                        browser::focus("main");
                    }
                >
                    "Try again"
                </a>
                <a class="button button--lg" href="/">
                    "All orders"
                </a>
            </div>
        </div>
    }
}
