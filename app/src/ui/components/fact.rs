//! A name and its value, in a list of facts.

use leptos::prelude::*;

use super::CopyButton;
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
    let what = what.map_or_else(|| term.to_lowercase(), str::to_owned);
    let shown = if value.is_empty() {
        view! { <span class="quiet">{td_string!(locale(), common.empty)}</span> }.into_any()
    } else {
        let text = value.clone();
        let text = match href {
            Some(href) => view! { <a href=href>{text}</a> }.into_any(),
            None => text.into_any(),
        };
        view! {
            <span class:code=code>{text}</span>
            <CopyButton value what />
        }
        .into_any()
    };
    view! {
        <div class="facts__row">
            <dt>{term}</dt>
            <dd>{shown}</dd>
        </div>
    }
    .into_any()
}
