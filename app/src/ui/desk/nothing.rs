//! A list without rows says why.

use leptos::prelude::*;

use super::question::Question;
use crate::ui::{format::printable, language::td_string, reader::locale};

/// Why there are no rows.
#[component]
pub(super) fn Nothing(
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let locale = locale();
    let asked = printable(question.typed.trim());
    let sentence = if question.is_further_down() {
        td_string!(locale, desk.none_further_down).to_owned()
    } else if asked.is_empty() {
        td_string!(locale, desk.still_read).to_owned()
    } else if question.is_live() {
        td_string!(locale, desk.none_yet_like, asked)
    } else {
        td_string!(locale, desk.none_like, asked)
    };
    view! {
        <div class="nothing">
            <p class="wrap-any">{sentence}</p>
            <a class="button" href="/">
                {td_string!(locale, common.all_orders)}
            </a>
        </div>
    }
}
