//! The search box. Without a script it is a plain form; with one, the list
//! changes as one types.

use std::time::Duration;

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};
use web_sys::HtmlInputElement;

use super::{
    choices::{Choices, choice_id, options},
    completion::{Choice, Completion},
    query_paint::{QueryPaint, painted},
    question::Question,
    state::DeskState,
};
use crate::ui::{
    components::Icon, format::printable, language::td_string, layout::SEARCH_BOX, reader::locale,
};

/// How long after the page was taken over its first key is prepared.
const WARM_UP: Duration = Duration::from_millis(300);

/// The search box. It asks for the lists of the page, and keeps the one that is
/// shown up to date.
#[island]
pub fn SearchBox(
    /// What the page was asked.
    question: Question,
) -> impl IntoView {
    let locale = locale();
    let state = DeskState::new(question);
    state.follow();
    let completion = Completion::new();
    Effect::new(move |_| set_timeout(move || warm_up(completion), WARM_UP));
    let input = NodeRef::<html::Input>::new();
    let paint = NodeRef::<html::Div>::new();
    let on_input = move |_| {
        if let Some(input) = input.get_untracked() {
            completion.look(input.value(), caret(&input));
            state.type_text(input.value());
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        completion.close();
        state.submit();
    };
    let on_scroll = move |_| {
        if let (Some(input), Some(paint)) = (input.get_untracked(), paint.get_untracked()) {
            paint.set_scroll_left(input.scroll_left());
        }
    };
    let is_wrong = Memo::new(move |_| state.question.with(|asked| asked.mistake().is_some()));
    let shown = move || state.typed.with(|typed| printable(typed));
    let is_open = move || completion.is_open().to_string();

    view! {
        <form
            class="search"
            role="search"
            method="get"
            action="/"
            aria-label=td_string!(locale, common.search_orders)
            on:submit=on_submit
        >
            <div class="query" data-invalid=move || is_wrong.get().then_some("")>
                <Icon name="search" />
                <div class="query__field">
                    <QueryPaint typed=state.typed node=paint />
                    <input
                        id=SEARCH_BOX
                        name="q"
                        type="text"
                        role="combobox"
                        aria-label=td_string!(locale, common.search_orders)
                        aria-autocomplete="list"
                        aria-expanded=is_open
                        aria-controls="completion"
                        aria-activedescendant=move || completion.active.get().map(choice_id)
                        value=shown
                        prop:value=shown
                        placeholder=td_string!(locale, common.placeholder)
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        enterkeyhint="search"
                        aria-invalid=move || is_wrong.get().then_some("true")
                        aria-describedby=move || is_wrong.get().then_some("query-note")
                        node_ref=input
                        on:input=on_input
                        on:scroll=on_scroll
                        on:keydown=move |event| on_key(&event, completion, state, input)
                        on:blur=move |_| completion.close()
                    />
                </div>
                <kbd class="script-only" aria-hidden="true">
                    "/"
                </kbd>
                <Choices completion take=move |choice: Choice| take(&choice, completion, state, input) />
            </div>
            {sort_field(state)}
            <button class="button button--lg" type="submit">
                <Icon name="enter" />
                <span>{td_string!(locale, common.search)}</span>
            </button>
        </form>
    }
}

/// Browsers compile a function when it is first called: what a key needs is
/// called once before there is one. Nobody sees it, as nothing comes of it; the box
/// itself is left alone, where somebody may have typed before this was here.
fn warm_up(completion: Completion) {
    if completion.is_untouched() {
        completion.look("c".to_owned(), 1);
        completion.choices.with_untracked(|choices| {
            options(choices, Some(0));
        });
        completion.close();
        painted("c");
    }
}

/// Keeps the list's order when the form is sent without a script.
fn sort_field(state: DeskState) -> impl IntoView {
    move || {
        let sort = state.question.with(|question| question.sort.clone());
        (!sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort /> })
    }
}

/// ↑ ↓ choose, Tab and Enter take, Esc closes.
fn on_key(
    event: &KeyboardEvent,
    completion: Completion,
    state: DeskState,
    input: NodeRef<html::Input>,
) {
    if !completion
        .choices
        .with_untracked(|choices| !choices.is_empty())
    {
        return;
    }
    let chosen = match event.key().as_str() {
        "ArrowDown" => {
            completion.step(true);
            event.prevent_default();
            return;
        }
        "ArrowUp" => {
            completion.step(false);
            event.prevent_default();
            return;
        }
        "Escape" => {
            completion.close();
            event.prevent_default();
            return;
        }
        "Tab" if !event.shift_key() => completion.chosen(true),
        "Enter" => completion.chosen(false),
        _ => None,
    };
    if let Some(choice) = chosen {
        event.prevent_default();
        take(&choice, completion, state, input);
    }
}

fn take(choice: &Choice, completion: Completion, state: DeskState, input: NodeRef<html::Input>) {
    state.type_text(choice.text.clone());
    if let Some(input) = input.get_untracked() {
        input.set_value(&choice.text);
        let units = utf16_len(&choice.text[..choice.caret]);
        // It fails only for inputs that have no caret.
        let _ = input.set_selection_range(units, units);
        let _ = input.focus();
    }
    completion.look(choice.text.clone(), choice.caret);
}

/// Where the caret stands, in bytes of the value.
fn caret(input: &HtmlInputElement) -> usize {
    let value = input.value();
    let units = input.selection_start().ok().flatten().unwrap_or(u32::MAX);
    let mut at = 0;
    for (index, letter) in value.char_indices() {
        if at >= units {
            return index;
        }
        at += if u32::from(letter) > 0xFFFF { 2 } else { 1 };
    }
    value.len()
}

fn utf16_len(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}
