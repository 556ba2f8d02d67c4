//! The terms of the search in words; each can be taken away.

use leptos::prelude::*;

use super::{chip_words::chip_words, question::Question};
use crate::ui::{
    components::Icon,
    format::printable,
    language::{Locale, td_string},
    reader::locale,
};

/// The terms of the search; nothing where there are none.
#[component]
pub(super) fn Chips(
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let locale = locale();
    let chips = words(&question, locale);
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
                        aria-label=td_string!(
                            locale,
                            chips.remove,
                            field = chip.field.clone(),
                            value = chip.value.clone()
                        )
                    >
                        <Icon name="x" small=true />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="chips chips--terms" role="list" aria-label=td_string!(locale, chips.terms)>
            {list}
            <li class="chips__aside script-only">
                <button class="link" type="button" data-save-view=name.join(", ")>
                    {td_string!(locale, chips.save)}
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

fn words(question: &Question, locale: Locale) -> Vec<Chip> {
    let terms = question.parsed().terms;
    terms
        .iter()
        .enumerate()
        .map(|(index, (_, term))| {
            let (field, value) = chip_words(term, locale);
            Chip {
                field,
                value: printable(&value),
                without: question.without(index).address(),
            }
        })
        .collect()
}
