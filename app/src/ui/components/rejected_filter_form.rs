//! The quarantine by state and time: a plain form.

use leptos::prelude::*;
use orders::QuarantineState;

use crate::ui::format::{
    self,
    moment::for_input,
    rejected_link::{ALL_STATES, RejectedLink},
};

/// Chooses states and times; the chosen reason stays.
#[component]
pub fn RejectedFilterForm(
    /// What is asked for.
    link: RejectedLink,
) -> impl IntoView {
    let states = QuarantineState::ALL
        .map(|state| (state.as_str(), format::reason::state(state)))
        .into_iter()
        .chain([(ALL_STATES, "All")])
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
    let times = [("from", "From", filter.from), ("to", "Before", filter.to)]
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
        <form class="filter" method="get" action="/rejected" aria-label="Filter rejected messages">
            {(!link.reason.is_empty())
                .then(|| view! { <input type="hidden" name="reason" value=link.reason.clone() /> })}
            <label class="filter__field">
                <span>"State"</span>
                <select name="state">{states}</select>
            </label>
            {times}
            <button class="button" type="submit">
                "Filter"
            </button>
        </form>
    }
    .into_any()
}
