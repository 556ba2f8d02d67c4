//! How things stand: the parts, the account, the last hour. Rendered on the
//! server only; [`Refresh`] brings it up to date.

mod chart;
mod ledger;
mod news;
mod parts;
mod plot;
mod refresh;

use leptos::prelude::*;
use orders::Timestamp;

pub use refresh::Refresh;

use self::{
    chart::{Chart, Line},
    ledger::Ledger,
    news::news,
    parts::Parts,
};
use super::{components::Moment, context::now_unix_seconds, format::moment::clock};
use crate::desk::{History, Stats};

/// The id of the element that [`Refresh`] replaces the content of.
pub const BOARD: &str = "board";

/// How things stand.
#[component]
pub fn Board(
    /// How things stand now.
    stats: Stats,
    /// What happened over the last hour.
    history: History,
) -> impl IntoView {
    let now = now_unix_seconds();
    let (heading, lede) = news(&stats, &history);
    let as_of = Timestamp::from_unix_seconds(now)
        .map(|now| view! { "As of " <Moment at=now text=clock(now) /> " UTC · " });
    let line = |key, column, of: fn(&crate::desk::Sample) -> Option<f64>| Line {
        key,
        column,
        figures: history
            .samples
            .iter()
            .map(|sample| (sample.at, of(sample)))
            .collect(),
    };
    let stored = line("stored", "Orders/s", |sample| {
        Some(sample.stored_per_second)
    });
    let half = line("half within", "Median, ms", |sample| sample.visible_p50_ms);
    let most = line("99 of 100 within", "99th, ms", |sample| {
        sample.visible_p99_ms
    });
    #[expect(clippy::cast_precision_loss, reason = "a height in a drawing")]
    let waiting = line("published, not yet stored", "Messages", |sample| {
        sample.waiting.map(|messages| messages as f64)
    });
    view! {
        <header class="title">
            <div>
                <h1>{heading}</h1>
                <p class="title__lede">{lede}</p>
            </div>
            <p class="caption">{as_of} "up " {duration(history.up_seconds)}</p>
        </header>
        <Parts stats=stats.clone() />
        <Ledger stats />
        <div class="grid grid--2">
            <Chart
                title="Throughput"
                id="chart-stored"
                unit="orders/s"
                says="Orders stored a second"
                lines=vec![stored]
                now
            />
            <Chart
                title="Published to visible"
                id="chart-visible"
                unit="ms, median"
                says="Milliseconds from published to visible"
                lines=vec![half, most]
                now
            />
            <Chart
                title="Waiting in the channel"
                id="chart-waiting"
                unit="messages"
                says="Messages published and not yet stored"
                lines=vec![waiting]
                now
            />
        </div>
    }
    .into_any()
}

/// `16 h 04 min`, `3 min`, `12 s`
fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    if hours > 0 {
        format!("{hours} h {minutes:02} min")
    } else if minutes > 0 {
        format!("{minutes} min")
    } else {
        format!("{seconds} s")
    }
}
