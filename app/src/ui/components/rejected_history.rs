//! What was done with a rejected message.

use leptos::prelude::*;
use orders::QuarantineAction;

use super::{Moment, Utc};
use crate::ui::{
    format::{self, moment::Written, printable},
    language::td_string,
    reader::locale,
};

/// Everything that was done with a rejected message, newest first.
#[component]
pub fn RejectedHistory(
    /// What was done.
    actions: Vec<QuarantineAction>,
) -> impl IntoView {
    let locale = locale();
    let list = if actions.is_empty() {
        view! { <p class="quiet">{td_string!(locale, rejected.nothing_done)}</p> }.into_any()
    } else {
        let rows = actions
            .into_iter()
            .map(|action| {
                let note = (!action.note.is_empty()).then(|| {
                    view! { <span class="quiet wrap-any">{printable(&action.note)}</span> }
                });
                view! {
                    <li>
                        <span>{format::reason::outcome(action.outcome, locale)}</span>
                        {note}
                        <span class="caption">
                            <Moment at=action.at written=Written::Second />
                                <Utc />
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! { <ol class="history">{rows}</ol> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="history">
            <div class="card__head">
                <h2 id="history">{td_string!(locale, rejected.history)}</h2>
            </div>
            <div class="card__body">{list}</div>
        </section>
    }
    .into_any()
}
