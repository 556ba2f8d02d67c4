//! The way to the next page of a list.

use leptos::prelude::*;
use orders::{Cursor, Timestamp};

use super::Moment;
use crate::{
    desk::DEFAULT_PAGE,
    ui::{
        context::today,
        format::{links, moment::arrived},
    },
};

/// The way to older orders, and back to the newest.
#[component]
pub fn Pager(
    /// What is looked up.
    #[prop(into)]
    lookup: String,
    /// Where the next page starts, and when its neighbour arrived.
    next: Option<(Cursor, Timestamp)>,
    /// Whether the newest orders are on another page.
    is_older: bool,
    /// How much of the list is shown.
    #[prop(into)]
    shown: String,
) -> impl IntoView {
    let newest = is_older.then(|| {
        view! {
            <a class="button" href=links::search(&lookup, None)>
                "Newest"
            </a>
        }
    });
    let next = next.map(|(cursor, before)| {
        let href = links::search(&lookup, Some(&cursor.to_string()));
        view! {
            <a class="button" rel="next" href=href>
                {format!("Next {DEFAULT_PAGE}, before ")}
                <Moment at=before text=arrived(before, today()) />
            </a>
        }
    });
    view! {
        <nav class="more" aria-label="Pages">
            {newest}
            {next}
            <span class="caption">{shown}</span>
        </nav>
    }
    .into_any()
}
