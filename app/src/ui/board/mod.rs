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
use super::{
    components::{Moment, Utc},
    context::now_unix_seconds,
    format::moment::Written,
    language::{Locale, td_string},
    reader::locale,
};
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
    let locale = locale();
    let (heading, lede) = news(&stats, &history, locale);
    let as_of = Timestamp::from_unix_seconds(now).map(|now| {
        view! {
            {td_string!(locale, status.as_of)}
            " "
            <Moment at=now written=Written::Clock />
            <Utc />
            " · "
        }
    });
    let line = |key, column, of: fn(&crate::desk::Sample) -> Option<f64>| Line {
        key,
        column,
        figures: history
            .samples
            .iter()
            .map(|sample| (sample.at, of(sample)))
            .collect(),
    };
    let stored = line(
        td_string!(locale, status.key_stored),
        td_string!(locale, status.column_stored),
        |sample| Some(sample.stored_per_second),
    );
    let half = line(
        td_string!(locale, status.key_half),
        td_string!(locale, status.column_half),
        |sample| sample.visible_p50_ms,
    );
    let most = line(
        td_string!(locale, status.key_most),
        td_string!(locale, status.column_most),
        |sample| sample.visible_p99_ms,
    );
    #[expect(clippy::cast_precision_loss, reason = "a height in a drawing")]
    let waiting = line(
        td_string!(locale, status.key_waiting),
        td_string!(locale, status.column_waiting),
        |sample| sample.waiting.map(|messages| messages as f64),
    );
    view! {
        <header class="title">
            <div>
                <h1>{heading}</h1>
                <p class="title__lede">{lede}</p>
            </div>
            <p class="caption">{as_of} {td_string!(locale, status.up, span = duration(history.up_seconds, locale))}</p>
        </header>
        <Parts stats=stats.clone() />
        <Ledger stats />
        <div class="grid grid--2">
            <Chart
                title=td_string!(locale, status.throughput)
                id="chart-stored"
                unit=td_string!(locale, status.unit_stored)
                says=td_string!(locale, status.says_stored)
                lines=vec![stored]
                now
            />
            <Chart
                title=td_string!(locale, status.visible)
                id="chart-visible"
                unit=td_string!(locale, status.unit_visible)
                says=td_string!(locale, status.says_visible)
                lines=vec![half, most]
                now
            />
            <Chart
                title=td_string!(locale, status.in_channel)
                id="chart-waiting"
                unit=td_string!(locale, status.unit_waiting)
                says=td_string!(locale, status.says_waiting)
                lines=vec![waiting]
                now
            />
        </div>
    }
    .into_any()
}

/// `16 h 04 min`, `3 min`, `12 s`
fn duration(seconds: u64, locale: Locale) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    if hours > 0 {
        td_string!(
            locale,
            units.hours_minutes,
            hours,
            minutes = format!("{minutes:02}")
        )
    } else if minutes > 0 {
        td_string!(locale, units.minutes, number = minutes)
    } else {
        td_string!(locale, units.seconds, number = seconds)
    }
}
