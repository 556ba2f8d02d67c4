//! What can be decided on a rejected message: plain forms.

use leptos::prelude::*;
use orders::{QuarantineState, Reason, RejectedSummary};

use super::Icon;
use crate::api::MAX_NOTE_CHARS;

/// What can be decided on a rejected message; what was decided stays so.
#[component]
pub fn RejectedDecisions(
    /// The message.
    summary: RejectedSummary,
) -> impl IntoView {
    let id = summary.id.to_string();
    let body = match summary.state {
        QuarantineState::Open => open(&summary).into_any(),
        QuarantineState::Replayed => {
            view! { <p>"It was replayed: it is an order, or repeats one."</p> }.into_any()
        }
        QuarantineState::Discarded => {
            view! { <p>"It was discarded. Its bytes stay here."</p> }.into_any()
        }
    };
    let discard = (summary.state == QuarantineState::Open).then(|| {
        view! {
            <div class="card__foot">
                <details class="confirm">
                    <summary class="button button--bad">
                        <Icon name="trash" />
                        "Discard"
                    </summary>
                    <form class="confirm__form" method="post" action="/api/fn/discard">
                        <input type="hidden" name="id" value=id.clone() />
                        <label class="filter__field">
                            <span>"Why"</span>
                            <input
                                type="text"
                                name="note"
                                required
                                maxlength=MAX_NOTE_CHARS.to_string()
                                autocomplete="off"
                            />
                        </label>
                        <button class="button button--bad" type="submit">
                            "Discard for good"
                        </button>
                    </form>
                </details>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="decide">
            <div class="card__head">
                <h2 id="decide">"What to do"</h2>
            </div>
            <div class="card__body">{body}</div>
            {discard}
        </section>
    }
    .into_any()
}

fn open(summary: &RejectedSummary) -> impl IntoView {
    let id = summary.id.to_string();
    let is_conflict = summary.reason == Reason::Conflict;
    let sentence = if is_conflict {
        "Another order with its uid came first. Make this the order, and that one comes here instead, byte for byte; or leave it."
    } else {
        "Replay reads the same bytes again. They fail again unless the rules have changed."
    };
    let replace = is_conflict.then(|| {
        view! {
            <form method="post" action="/api/fn/replay">
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="resolve" value="replace" />
                <button class="button" type="submit">
                    <Icon name="check" />
                    "Make this the order"
                </button>
            </form>
        }
    });
    view! {
        <p>{sentence}</p>
        <div class="row">
            <form method="post" action="/api/fn/replay">
                <input type="hidden" name="id" value=id.clone() />
                <button class="button" type="submit">
                    <Icon name="replay" />
                    "Replay"
                </button>
            </form>
            {replace}
        </div>
    }
}
