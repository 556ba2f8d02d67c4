//! The terms of the search in words; each can be taken away.

use leptos::prelude::*;

use super::{chip_words::chip_words, question::Question};
use crate::ui::{components::Icon, format::printable};

/// The terms of the search; nothing where there are none.
#[component]
pub(super) fn Chips(
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let chips = words(&question);
    if chips.is_empty() {
        return ().into_any();
    }
    let name: Vec<String> = chips
        .iter()
        .map(|chip| format!("{} {}", chip.field, chip.value))
        .collect();
    let list = chips
        .into_iter()
        .map(|chip| {
            view! {
                <li class="chip">
                    <span class="chip__field">{chip.field.clone()}</span>
                    " "
                    {chip.value.clone()}
                    <a
                        class="chip__off"
                        href=chip.without
                        aria-label=format!("Remove term: {} {}", chip.field, chip.value)
                    >
                        <Icon name="x" small=true />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="chips chips--terms" role="list" aria-label="Terms of this search">
            {list}
            <li class="chips__aside script-only">
                <button class="link" type="button" data-save-view=name.join(", ")>
                    "Save view"
                </button>
            </li>
        </ul>
    }
    .into_any()
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Chip {
    field: String,
    value: String,
    without: String,
}

fn words(question: &Question) -> Vec<Chip> {
    let terms = question.parsed().terms;
    terms
        .iter()
        .enumerate()
        .map(|(index, (_, term))| {
            let (field, value) = chip_words(term);
            Chip {
                field,
                value: printable(&value),
                without: question.without(index).address(),
            }
        })
        .collect()
}
