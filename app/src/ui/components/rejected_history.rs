//! What was done with a rejected message.

use leptos::prelude::*;
use orders::QuarantineAction;

use super::Moment;
use crate::ui::format::{moment::date_time_seconds, printable};

/// Everything that was done with a rejected message, newest first.
#[component]
pub fn RejectedHistory(
    /// What was done.
    actions: Vec<QuarantineAction>,
) -> impl IntoView {
    let list = if actions.is_empty() {
        view! { <p class="quiet">"Nothing was done with it yet."</p> }.into_any()
    } else {
        let rows = actions
            .into_iter()
            .map(|action| {
                let note = (!action.note.is_empty()).then(|| {
                    view! { <span class="quiet wrap-any">{printable(&action.note)}</span> }
                });
                view! {
                    <li>
                        <span>{action.outcome.sentence()}</span>
                        {note}
                        <span class="caption">
                            <Moment at=action.at text=date_time_seconds(action.at) />
                            " UTC"
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
                <h2 id="history">"History"</h2>
            </div>
            <div class="card__body">{list}</div>
        </section>
    }
    .into_any()
}
