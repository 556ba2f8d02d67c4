//! A button that copies a value. [`PageActions`] acts on it.
//!
//! [`PageActions`]: crate::ui::layout::PageActions

use leptos::prelude::*;

use super::Icon;
use crate::ui::{language::td_string, reader::locale};

/// Copies a value with one press.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(optional, into)]
    value: Option<String>,
    /// The id of the element whose text is copied instead.
    #[prop(optional)]
    text_of: Option<&'static str>,
    /// An address of this host that is copied instead, with the host's name.
    #[prop(optional, into)]
    address: Option<String>,
    /// What the value is, for the button's name: "Copy city".
    #[prop(into)]
    what: String,
    /// The word on the button; without one it is an icon.
    #[prop(optional)]
    word: Option<&'static str>,
) -> impl IntoView {
    let is_small = word.is_none();
    let icon = if address.is_some() { "link" } else { "copy" };
    let class = if is_small {
        "copy script-only"
    } else {
        "button script-only"
    };
    view! {
        <button
            class=class
            type="button"
            aria-label=td_string!(locale(), common.copy, what)
            data-copy=value
            data-copy-text-of=text_of
            data-copy-address=address
        >
            <Icon name=icon small=is_small />
            <Icon name="check" small=is_small />
            {word}
            <span class="sr-only" role="status"></span>
        </button>
    }
}
