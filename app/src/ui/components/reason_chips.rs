//! The reasons as links, each with its number of messages.

use leptos::prelude::*;
use orders::Reason;

use crate::ui::{
    format::{self, number::grouped, rejected_link::RejectedLink},
    language::td_string,
    reader::locale,
};

/// The reasons that there are; the chosen one is marked.
#[component]
pub fn ReasonChips(
    /// What is asked for.
    link: RejectedLink,
    /// How many messages there are of each reason.
    counts: Vec<(Reason, u64)>,
) -> impl IntoView {
    let locale = locale();
    let all: u64 = counts.iter().map(|(_, messages)| messages).sum();
    let chip = |name: &str, label: &'static str, messages: u64| {
        let href = RejectedLink {
            reason: name.to_owned(),
            ..link.plain()
        };
        let is_chosen = link.reason == name;
        view! {
            <li>
                <a
                    class="chip chip--pick"
                    href=href.to_string()
                    aria-current=is_chosen.then_some("true")
                >
                    {label}
                    " "
                    <span class="count">{grouped(locale, messages)}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let mut chips = vec![chip("", td_string!(locale, rejected.all), all)];
    chips.extend(counts.iter().map(|&(reason, messages)| {
        chip(
            reason.as_str(),
            format::reason::reason(reason, locale),
            messages,
        )
    }));
    view! {
        <ul class="chips" role="list" aria-label=td_string!(locale, rejected.reasons)>
            {chips}
        </ul>
    }
    .into_any()
}
