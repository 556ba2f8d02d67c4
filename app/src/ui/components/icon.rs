//! A picture from the sprite `/icons.svg`. It says nothing by itself: a word
//! always stands beside it.

use leptos::prelude::*;

/// The sprite's picture `name`.
#[component]
pub fn Icon(
    /// The id of a symbol in the sprite.
    name: &'static str,
    /// Smaller, for lines of small text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "icon icon--sm" } else { "icon" };
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
