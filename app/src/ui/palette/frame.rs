//! The palette as it stands in every page, closed and empty.

use leptos::prelude::*;

use super::{BODY, BOX, LIST, PALETTE, SAYS};
use crate::ui::{components::Icon, keys::command_key, language::td_string, reader::locale};

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    let locale = locale();
    view! {
        <dialog
            class="palette"
            id=PALETTE
            aria-label=td_string!(locale, palette.name)
            data-offline=td_string!(locale, palette.offline)
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
                    aria-label=td_string!(locale, palette.box_name)
                    placeholder=td_string!(locale, palette.placeholder)
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                />
                <button class="palette__close" type="button" data-close="">
                    <span class="sr-only">{td_string!(locale, palette.close)} " "</span>
                    <kbd>"Esc"</kbd>
                </button>
            </div>
            <div class="palette__body" id=BODY></div>
            <div class="palette__foot">
                <span>
                    <kbd>"↑"</kbd>
                    <kbd>"↓"</kbd>
                    " "
                    {td_string!(locale, palette.foot_choose)}
                </span>
                <span>
                    <kbd>"Enter"</kbd>
                    " "
                    {td_string!(locale, palette.foot_open)}
                </span>
                <span>
                    <kbd>{command_key()}</kbd>
                    <kbd>"Enter"</kbd>
                    " "
                    {td_string!(locale, palette.foot_tab)}
                </span>
                <span>
                    <kbd>"Esc"</kbd>
                    " "
                    {td_string!(locale, palette.foot_close)}
                </span>
            </div>
            <p class="sr-only" role="status" id=SAYS></p>
        </dialog>
    }
    .into_any()
}
