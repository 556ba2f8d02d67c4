//! The quarantine's rows.

use leptos::prelude::*;
use orders::{QuarantineState, RejectedSummary};

use super::Moment;
use crate::ui::{
    context::today,
    format::{self, moment::arrived, number::grouped, printable},
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
    let state = (message.state != QuarantineState::Open)
        .then(|| format!(" · {}", format::reason::state(message.state)));
    let said = if message.path.is_empty() {
        printable(&message.detail)
    } else {
        printable(&format!("{}: {}", message.path, message.detail))
    };
    let came = format!(
        "{} · {} · {} B",
        message.channel,
        grouped(message.sequence),
        grouped(message.size_bytes)
    );
    view! {
        <li class="quarantine__item">
            <span>
                <a href=format!("/rejected/{}", message.id)>{format::reason::reason(message.reason)}</a>
                {state}
            </span>
            <span class="caption">
                <Moment at=message.rejected_at text=arrived(message.rejected_at, today()) />
            </span>
            <span class="wrap-any">{said}</span>
            <span class="caption">{came}</span>
        </li>
    }
    .into_any()
}
