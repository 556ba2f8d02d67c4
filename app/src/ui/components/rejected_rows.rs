//! The quarantine's rows.

use leptos::prelude::*;
use orders::{QuarantineState, RejectedSummary};

use super::Moment;
use crate::ui::{
    format::{self, moment::Written, number::grouped, printable},
    language::{lang_of_english, td_string},
    reader::locale,
};

/// The quarantine's rows; each opens its message.
#[component]
pub fn RejectedRows(
    /// The messages, newest first.
    rejected: Vec<RejectedSummary>,
) -> impl IntoView {
    let rows = rejected.into_iter().map(row).collect_view();
    view! { <ul>{rows}</ul> }.into_any()
}

fn row(message: RejectedSummary) -> impl IntoView {
    let locale = locale();
    let state = (message.state != QuarantineState::Open)
        .then(|| format!(" · {}", format::reason::state(message.state, locale)));
    let said = if message.path.is_empty() {
        printable(&message.detail)
    } else {
        printable(&format!("{}: {}", message.path, message.detail))
    };
    let came = td_string!(
        locale,
        rejected.row,
        channel = message.channel,
        sequence = grouped(locale, message.sequence),
        size = grouped(locale, message.size_bytes)
    );
    view! {
        <li class="quarantine__item">
            <span>
                <a href=format!("/rejected/{}", message.id)>
                    {format::reason::reason(message.reason, locale)}
                </a>
                {state}
            </span>
            <span class="caption">
                <Moment at=message.rejected_at written=Written::Arrived />
            </span>
            <span class="wrap-any" lang=lang_of_english(locale)>
                {said}
            </span>
            <span class="caption">{came}</span>
        </li>
    }
    .into_any()
}
