//! What can be decided on a rejected message: plain forms.

use leptos::prelude::*;
use orders::{QuarantineState, Reason, RejectedSummary};

use super::Icon;
use crate::{
    api::MAX_NOTE_CHARS,
    ui::{
        language::{Locale, td_string},
        reader::locale,
    },
};

/// What can be decided on a rejected message; what was decided stays so.
#[component]
pub fn RejectedDecisions(
    /// The message.
    summary: RejectedSummary,
) -> impl IntoView {
    let locale = locale();
    let id = summary.id.to_string();
    let body = match summary.state {
        QuarantineState::Open => open(&summary, locale).into_any(),
        QuarantineState::Replayed => {
            view! { <p>{td_string!(locale, rejected.was_replayed)}</p> }.into_any()
        }
        QuarantineState::Discarded => {
            view! { <p>{td_string!(locale, rejected.was_discarded)}</p> }.into_any()
        }
    };
    let discard = (summary.state == QuarantineState::Open).then(|| {
        view! {
            <div class="card__foot">
                <details class="confirm">
                    <summary class="button button--bad">
                        <Icon name="trash" />
                        {td_string!(locale, rejected.discard)}
                    </summary>
                    <form class="confirm__form" method="post" action="/api/fn/discard">
                        <input type="hidden" name="id" value=id.clone() />
                        <label class="filter__field">
                            <span>{td_string!(locale, rejected.why)}</span>
                            <input
                                type="text"
                                name="note"
                                required
                                maxlength=MAX_NOTE_CHARS.to_string()
                                autocomplete="off"
                            />
                        </label>
                        <button class="button button--bad" type="submit">
                            {td_string!(locale, rejected.discard_for_good)}
                        </button>
                    </form>
                </details>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="decide">
            <div class="card__head">
                <h2 id="decide">{td_string!(locale, rejected.what_to_do)}</h2>
            </div>
            <div class="card__body">{body}</div>
            {discard}
        </section>
    }
    .into_any()
}

fn open(summary: &RejectedSummary, locale: Locale) -> impl IntoView {
    let id = summary.id.to_string();
    let is_conflict = summary.reason == Reason::Conflict;
    let sentence = if is_conflict {
        td_string!(locale, rejected.on_conflict)
    } else {
        td_string!(locale, rejected.on_replay)
    };
    let replace = is_conflict.then(|| {
        view! {
            <form method="post" action="/api/fn/replay">
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="resolve" value="replace" />
                <button class="button" type="submit">
                    <Icon name="check" />
                    {td_string!(locale, rejected.make_order)}
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
                    {td_string!(locale, rejected.replay)}
                </button>
            </form>
            {replace}
        </div>
    }
}
