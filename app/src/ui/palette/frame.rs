//! The palette as it stands in every page, closed and empty.

use leptos::prelude::*;

use super::{BODY, BOX, LIST, PALETTE, SAYS};
use crate::ui::{components::Icon, keys::command_key};

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    view! {
        <dialog
            class="palette"
            id=PALETTE
            aria-label="Go to anything"
            data-offline="The server does not answer. Try again in a moment."
        >
            <div class="palette__box">
                <Icon name="search" />
                <input
                    id=BOX
                    type="text"
                    role="combobox"
                    aria-expanded="false"
                    aria-controls=LIST
                    aria-autocomplete="list"
                    aria-label="Go to an order, a filter, a page or a command"
                    placeholder="Order, filter, page or command"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                />
                <button class="palette__close" type="button" data-close="">
                    <span class="sr-only">"Close "</span>
                    <kbd>"Esc"</kbd>
                </button>
            </div>
            <div class="palette__body" id=BODY></div>
            <div class="palette__foot">
                <span>
                    <kbd>"↑"</kbd>
                    <kbd>"↓"</kbd>
                    " choose"
                </span>
                <span>
                    <kbd>"Enter"</kbd>
                    " open"
                </span>
                <span>
                    <kbd>{command_key()}</kbd>
                    <kbd>"Enter"</kbd>
                    " in a new tab"
                </span>
                <span>
                    <kbd>"Esc"</kbd>
                    " close"
                </span>
            </div>
            <p class="sr-only" role="status" id=SAYS></p>
        </dialog>
    }
    .into_any()
}
