//! The search box. Without a script it is a plain form; with one, the list
//! changes without loading the page.

use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::Icon;
use crate::ui::format::links;

/// The search box.
#[component]
pub fn SearchForm(
    /// What the address asks for.
    #[prop(into)]
    asked: Signal<String>,
    /// What is wrong with it, for people.
    #[prop(into, optional)]
    mistake: Signal<Option<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    focus_on_slash(input);
    let navigate = use_navigate();
    let on_submit = move |event: SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            let typed = input.value();
            navigate(
                &links::search(typed.trim(), None),
                NavigateOptions::default(),
            );
        }
    };
    let is_wrong = move || mistake.with(Option::is_some);

    view! {
        <form
            class="search"
            role="search"
            method="get"
            action="/"
            aria-label="Search orders"
            on:submit=on_submit
        >
            <div class="query" data-invalid=move || is_wrong().then_some("")>
                <Icon name="search" />
                <div class="query__field">
                    <input
                        id="q"
                        name="q"
                        type="text"
                        aria-label="Search orders"
                        value=move || asked.get()
                        prop:value=move || asked.get()
                        placeholder="Order or track number, or part of one"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        enterkeyhint="search"
                        aria-invalid=move || is_wrong().then_some("true")
                        aria-describedby=move || is_wrong().then_some("query-note")
                        node_ref=input
                    />
                </div>
                <kbd class="script-only" aria-hidden="true">
                    "/"
                </kbd>
            </div>
            <button class="button button--lg" type="submit">
                <Icon name="enter" />
                <span>"Search"</span>
            </button>
        </form>
        {move || {
            mistake
                .get()
                .map(|mistake| {
                    view! {
                        <p class="search__note" id="query-note" role="alert">
                            <Icon name="error" />
                            <span>{mistake}</span>
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

/// `/` goes to the box, Esc leaves it.
fn focus_on_slash(input: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let on_key = window_event_listener(leptos::ev::keydown, move |event| {
            let Some(input) = input.get_untracked() else {
                return;
            };
            let is_typing = document().active_element().is_some_and(|element| {
                matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            });
            let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
            if event.key() == "/" && !is_typing && !has_modifier {
                event.prevent_default();
                input.select();
            } else if event.key() == "Escape"
                && document().active_element().as_deref() == Some(input.as_ref())
            {
                // It fails only for an element that cannot take the focus.
                let _ = input.blur();
            }
        });
        on_cleanup(move || on_key.remove());
    });
}
