//! The quarantine by state and time: a plain form.

use leptos::prelude::*;
use orders::QuarantineState;

use crate::ui::{
    format::{
        self,
        moment::for_input,
        rejected_link::{ALL_STATES, RejectedLink},
    },
    language::td_string,
    reader::locale,
};

/// Chooses states and times; the chosen reason stays.
#[component]
pub fn RejectedFilterForm(
    /// What is asked for.
    link: RejectedLink,
) -> impl IntoView {
    let locale = locale();
    let states = QuarantineState::ALL
        .map(|state| (state.as_str(), format::reason::state(state, locale)))
        .into_iter()
        .chain([(ALL_STATES, td_string!(locale, rejected.all))])
        .map(|(name, label)| {
            let is_chosen = if link.state.is_empty() {
                name == QuarantineState::default().as_str()
            } else {
                name == link.state
            };
            view! {
                <option value=name selected=is_chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    let filter = link.filter().unwrap_or_default();
    let times = [
        ("from", td_string!(locale, rejected.from), filter.from),
        ("to", td_string!(locale, rejected.to), filter.to),
    ]
    .map(|(name, label, at)| {
        view! {
            <label class="filter__field">
                <span>{label} <span class="caption">" UTC"</span></span>
                <input
                    type="datetime-local"
                    name=name
                    step="1"
                    value=at.map(for_input).unwrap_or_default()
                />
            </label>
        }
    })
    .collect_view();
    view! {
        <form class="filter" method="get" action="/rejected" aria-label=td_string!(locale, rejected.filter_name)>
            {(!link.reason.is_empty())
                .then(|| view! { <input type="hidden" name="reason" value=link.reason.clone() /> })}
            <label class="filter__field">
                <span>{td_string!(locale, rejected.state)}</span>
                <select name="state">{states}</select>
            </label>
            {times}
            <button class="button" type="submit">
                {td_string!(locale, rejected.filter)}
            </button>
        </form>
    }
    .into_any()
}
