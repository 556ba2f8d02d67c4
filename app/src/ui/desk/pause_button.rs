//! A button that stops a list from changing.

use leptos::prelude::*;

use crate::ui::components::Icon;

/// Stops the list from changing, and lets it go on. Shown only where scripts
/// run.
#[component]
pub(super) fn PauseButton(
    /// Whether it is stopped.
    is_paused: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="live script-only">
            <button
                class="icon-button"
                type="button"
                aria-label="Pause the stream"
                aria-pressed=move || is_paused.get().to_string()
                on:click=move |_| is_paused.update(|paused| *paused = !*paused)
            >
                {move || view! { <Icon name=if is_paused.get() { "play" } else { "pause" } /> }}
            </button>
        </div>
    }
}
