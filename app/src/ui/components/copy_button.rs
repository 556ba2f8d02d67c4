//! A button that copies a value.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::Icon;
use crate::ui::live::browser;

/// How long the button says that it has copied.
const SAID_FOR: Duration = Duration::from_millis(1500);

/// Copies `value`. Shown only where scripts run.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    value: String,
    /// What the value is, for the button's name: "Copy city".
    #[prop(into)]
    what: String,
    /// The word on the button; without one it is an icon.
    #[prop(optional)]
    word: Option<&'static str>,
) -> impl IntoView {
    let outcome = RwSignal::new(None::<bool>);
    let value = StoredValue::new(value);
    let copy = move |_| {
        spawn_local(async move {
            let copied = browser::copy(&value.get_value()).await.is_ok();
            outcome.try_set(Some(copied));
            set_timeout(
                move || {
                    outcome.try_set(None);
                },
                SAID_FOR,
            );
        });
    };
    let has_copied = move || outcome.get() == Some(true);
    let said = move || match outcome.get() {
        None => "",
        Some(true) => "Copied",
        Some(false) => "This browser copies only on https or on the machine itself",
    };
    let class = if word.is_some() {
        "button script-only"
    } else {
        "copy script-only"
    };

    view! {
        <button
            class=class
            type="button"
            aria-label=format!("Copy {what}")
            data-copied=move || has_copied().then_some("")
            on:click=copy
        >
            {move || view! { <Icon name=if has_copied() { "check" } else { "copy" } small=word.is_none() /> }}
            {word}
            <span class="sr-only" role="status">
                {said}
            </span>
        </button>
    }
    .into_any()
}
