//! The terms of the search in words; each can be taken away.

use leptos::prelude::*;

use super::{chip_words::chip_words, question::Question, state::DeskState};
use crate::ui::{
    components::Icon,
    format::printable,
    rail::{KeptView, save_view},
};

/// The terms of the search; nothing where there are none, or where the note of
/// a mistake stands in their place.
#[component]
pub(super) fn Chips() -> impl IntoView {
    let state = DeskState::from_context();
    let chips = Memo::new(move |_| state.question.with(words));
    let list = move || {
        chips
            .get()
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
            .collect_view()
    };
    let save = move |_| {
        let name: Vec<String> = chips.with_untracked(|chips| {
            chips
                .iter()
                .map(|chip| format!("{} {}", chip.field, chip.value))
                .collect()
        });
        save_view(KeptView {
            name: name.join(", "),
            address: state
                .question
                .with_untracked(|question| question.from_top().address()),
        });
    };
    view! {
        <ul
            class="chips chips--terms"
            role="list"
            aria-label="Terms of this search"
            hidden=move || chips.with(Vec::is_empty)
        >
            {list}
            <li class="chips__aside script-only">
                <button class="link" type="button" on:click=save>
                    "Save view"
                </button>
            </li>
        </ul>
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Chip {
    field: String,
    value: String,
    without: String,
}

fn words(question: &Question) -> Vec<Chip> {
    if question.mistake().is_some() {
        return Vec::new();
    }
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
