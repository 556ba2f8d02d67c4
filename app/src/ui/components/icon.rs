//! A picture from the sprite `/icons.svg`. It says nothing by itself: a word
//! always stands beside it.

use leptos::{prelude::*, tachys::html::InertElement};
use maud::Render as _;

use super::markup::Picture;

/// The sprite's picture `name`.
#[component]
pub fn Icon(
    /// The id of a symbol in the sprite.
    name: &'static str,
    /// Smaller, for lines of small text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    InertElement::new(Picture { name, small }.render().into_string())
}
