//! A name and its value, in a list of facts.

use leptos::{prelude::*, tachys::html::InertElement};
use maud::{Markup, html};

use super::{copy_button::copy, markup::Exact};
use crate::ui::{
    language::{Locale, td_string},
    reader::locale,
};

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
    let fact = FactText {
        term,
        value: &value,
        what,
        code,
        href,
    };
    InertElement::new(fact.html(locale()).into_string())
}

/// A name and its value, to be written as HTML.
#[derive(Default)]
pub struct FactText<'a> {
    /// The name, as people read it.
    pub term: &'static str,
    /// The value as it is copied.
    pub value: &'a str,
    /// What the copy button calls it; the name, unless said otherwise.
    pub what: Option<&'static str>,
    /// Whether a machine wrote it and people compare it.
    pub code: bool,
    /// Where the value leads to.
    pub href: Option<String>,
}

impl<'a> FactText<'a> {
    /// A value that people wrote.
    pub fn of(term: &'static str, value: &'a str) -> Self {
        Self {
            term,
            value,
            ..Self::default()
        }
    }

    /// A value that a machine wrote and people compare.
    pub fn code(term: &'static str, value: &'a str) -> Self {
        Self {
            code: true,
            ..Self::of(term, value)
        }
    }

    /// The row.
    pub fn html(&self, locale: Locale) -> Markup {
        let value = self.value;
        html! {
            div class="facts__row" {
                dt { (self.term) }
                dd {
                    @if value.is_empty() {
                        span class="quiet" { (td_string!(locale, common.empty)) }
                    } @else {
                        span class=[self.code.then_some("code")] {
                            @if let Some(href) = &self.href {
                                a href=(href) { (Exact(value)) }
                            } @else {
                                (Exact(value))
                            }
                        }
                        @if let Some(what) = self.what {
                            (copy(value, what, locale))
                        } @else {
                            (copy(value, &self.term.to_lowercase(), locale))
                        }
                    }
                }
            }
        }
    }
}
