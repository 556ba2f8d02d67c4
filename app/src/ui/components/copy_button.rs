//! A button that copies a value. [`PageActions`] acts on it.
//!
//! [`PageActions`]: crate::ui::layout::PageActions

use leptos::{prelude::*, tachys::html::InertElement};
use maud::Render;

use super::markup::{Exact, Picture};
use crate::ui::{
    language::{Locale, td_string},
    reader::locale,
};

/// Copies a value with one press.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    value: String,
    /// What the value is, for the button's name: "Copy city".
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let button = CopyText {
        copied: Copied::Value(&value),
        what: &what,
        word: None,
        locale: locale(),
    };
    InertElement::new(button.render().into_string())
}

/// What a button copies.
#[derive(Clone, Copy)]
pub enum Copied<'a> {
    /// This value.
    Value(&'a str),
    /// The text of the element with this id.
    TextOf(&'static str),
    /// An address of this host, with the host's name.
    Address(&'a str),
}

/// A button that copies, as HTML.
pub struct CopyText<'a> {
    /// What is copied.
    pub copied: Copied<'a>,
    /// What the value is, for the button's name: "Copy city".
    pub what: &'a str,
    /// The word on the button; without one it is an icon.
    pub word: Option<&'static str>,
    /// The reader's language.
    pub locale: Locale,
}

/// A button that copies `value`, without a word.
pub const fn copy<'a>(value: &'a str, what: &'a str, locale: Locale) -> CopyText<'a> {
    CopyText {
        copied: Copied::Value(value),
        what,
        word: None,
        locale,
    }
}

impl Render for CopyText<'_> {
    fn render_to(&self, html: &mut String) {
        let small = self.word.is_none();
        let class = if small {
            "copy script-only"
        } else {
            "button script-only"
        };
        let (name, value, picture) = match self.copied {
            Copied::Value(value) => ("data-copy", value, "copy"),
            Copied::TextOf(id) => ("data-copy-text-of", id, "copy"),
            Copied::Address(address) => ("data-copy-address", address, "link"),
        };
        let label = td_string!(self.locale, common.copy, what = self.what);
        html.push_str("<button type=\"button\" aria-label=\"");
        Exact(&label).render_to(html);
        html.extend(["\" ", name, "=\""]);
        Exact(value).render_to(html);
        html.extend(["\" class=\"", class, "\">"]);
        let name = picture;
        Picture { name, small }.render_to(html);
        let name = "check";
        Picture { name, small }.render_to(html);
        Exact(self.word.unwrap_or_default()).render_to(html);
        html.push_str("<span role=\"status\" class=\"sr-only\"></span></button>");
    }
}
