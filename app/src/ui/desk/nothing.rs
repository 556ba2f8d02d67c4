//! A list without rows says why.

use leptos::prelude::*;

use super::question::Question;
use crate::ui::format::printable;

/// Why there are no rows.
#[component]
pub(super) fn Nothing(
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let asked = printable(question.typed.trim());
    let sentence = if question.is_further_down() {
        "There are no orders further down than these.".to_owned()
    } else if asked.is_empty() {
        "The list is still being read. It fills by itself.".to_owned()
    } else if question.is_live() {
        format!("No order is like “{asked}”. One that arrives will appear here by itself.")
    } else {
        format!("No order is like “{asked}”.")
    };
    view! {
        <div class="nothing">
            <p class="wrap-any">{sentence}</p>
            <a class="button" href="/">
                "All orders"
            </a>
        </div>
    }
}
