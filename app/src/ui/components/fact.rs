//! A name and its value, in a list of facts.

use leptos::{prelude::*, tachys::html::InertElement};

use super::{
    copy_button::{Copied, copy_button},
    markup,
};
use crate::ui::{language::td_string, reader::locale};

/// One row of a list of facts. An empty value is called empty.
#[component]
pub fn Fact(
    /// The name, as people read it.
    term: &'static str,
    /// The value as it is copied.
    #[prop(into)]
    value: String,
    /// What the copy button calls it; the name, unless said otherwise.
    #[prop(optional)]
    what: Option<&'static str>,
    /// Whether a machine wrote it and people compare it.
    #[prop(optional)]
    code: bool,
    /// Where the value leads to.
    #[prop(optional_no_strip)]
    href: Option<String>,
) -> impl IntoView {
    let shown = if value.is_empty() {
        let empty = td_string!(locale(), common.empty);
        format!("<span class=\"quiet\">{empty}</span>")
    } else {
        let text = markup::text(&value);
        let class = if code { " class=\"code\"" } else { "" };
        let text = match href {
            Some(href) => format!("<a href=\"{}\">{text}</a>", markup::attribute(&href)),
            None => text.into_owned(),
        };
        let what = what.map_or_else(|| term.to_lowercase(), str::to_owned);
        let button = copy_button(Copied::Value(&value), &what, None);
        format!("<span{class}>{text}</span>{button}")
    };
    InertElement::new(format!(
        "<div class=\"facts__row\"><dt>{}</dt><dd>{shown}</dd></div>",
        markup::text(term)
    ))
}
