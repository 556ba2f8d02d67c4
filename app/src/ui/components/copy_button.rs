//! A button that copies a value. [`PageActions`] acts on it.
//!
//! [`PageActions`]: crate::ui::layout::PageActions

use leptos::{prelude::*, tachys::html::InertElement};

use super::markup;
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
    let copied = match (&value, text_of, &address) {
        (Some(value), ..) => Copied::Value(value),
        (None, Some(id), _) => Copied::TextOf(id),
        (None, None, address) => Copied::Address(address.as_deref().unwrap_or_default()),
    };
    InertElement::new(copy_button(copied, &what, word))
}

/// What a button copies.
pub(super) enum Copied<'a> {
    /// This value.
    Value(&'a str),
    /// The text of the element with this id.
    TextOf(&'static str),
    /// An address of this host, with the host's name.
    Address(&'a str),
}

/// A button that copies, as HTML.
pub(super) fn copy_button(copied: Copied<'_>, what: &str, word: Option<&str>) -> String {
    let is_small = word.is_none();
    let class = if is_small {
        "copy script-only"
    } else {
        "button script-only"
    };
    let (name, value, picture) = match copied {
        Copied::Value(value) => ("data-copy", value, "copy"),
        Copied::TextOf(id) => ("data-copy-text-of", id, "copy"),
        Copied::Address(address) => ("data-copy-address", address, "link"),
    };
    let label = td_string!(locale(), common.copy, what = what.to_owned());
    format!(
        "<button type=\"button\" aria-label=\"{}\" {name}=\"{}\" class=\"{class}\">{}{}{}\
         <span role=\"status\" class=\"sr-only\"></span></button>",
        markup::attribute(&label),
        markup::attribute(value),
        markup::icon(picture, is_small),
        markup::icon("check", is_small),
        markup::text(word.unwrap_or_default()),
    )
}
