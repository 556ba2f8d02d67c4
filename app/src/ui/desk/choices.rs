//! The list under the search box: what its text may go on with.

use leptos::{ev::PointerEvent, prelude::*};
use maud::{Markup, html};
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::completion::{Choice, Completion};
use crate::ui::{components::picture, format::printable, language::td_string, reader::locale};

/// The list of what is offered. It is written anew with each key, as text: a view
/// of it would be the most that a key costs.
#[component]
pub(super) fn Choices(
    /// What is offered.
    completion: Completion,
    /// Takes a choice.
    take: impl Fn(Choice) + 'static,
) -> impl IntoView {
    let options = move || {
        let active = completion.active.get();
        completion
            .choices
            .with(|choices| options(choices, active).into_string())
    };
    let on_press = move |event: PointerEvent| {
        // The box keeps the focus.
        event.prevent_default();
        if let Some(choice) = pressed(&event, completion) {
            take(choice);
        }
    };
    view! {
        <div
            class="listbox completion"
            id="completion"
            role="listbox"
            aria-label=td_string!(locale(), desk.suggestions)
            hidden=move || !completion.is_open()
            on:pointerdown=on_press
            inner_html=options
        ></div>
    }
}

/// The id of a choice's element.
pub(super) fn choice_id(index: usize) -> String {
    format!("choice-{index}")
}

/// The options as they are shown.
pub(super) fn options(choices: &[Choice], active: Option<usize>) -> Markup {
    html! {
        @for (index, choice) in choices.iter().enumerate() {
            div.option
                role="option"
                id=(choice_id(index))
                data-choice=(index)
                aria-selected=(active == Some(index))
            {
                (picture("filter"))
                span.clip { (printable(&choice.label)) }
                span.caption { (choice.caption) }
            }
        }
    }
}

fn pressed(event: &PointerEvent, completion: Completion) -> Option<Choice> {
    let at = event.target()?.dyn_into::<Element>().ok()?;
    let option = at.closest("[data-choice]").ok()??;
    let index: usize = option.get_attribute("data-choice")?.parse().ok()?;
    completion
        .choices
        .with_untracked(|choices| choices.get(index).cloned())
}

#[cfg(test)]
mod tests {
    use super::options;
    use crate::ui::desk::completion::Choice;

    #[test]
    fn what_orders_hold_is_text() {
        let choice = |label: &str| Choice {
            label: label.to_owned(),
            caption: "<1>".to_owned(),
            text: String::new(),
            caret: 0,
        };
        let html = options(&[choice("<img onerror=x>"), choice("b\"")], Some(1)).into_string();
        assert!(!html.contains("<img") && !html.contains("<1>"), "{html}");
        assert!(html.contains("id=\"choice-0\" data-choice=\"0\" aria-selected=\"false\""));
        assert!(html.contains("id=\"choice-1\" data-choice=\"1\" aria-selected=\"true\""));
    }
}
