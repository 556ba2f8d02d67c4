//! The parts that everything hangs on, each with its state.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState, Stats},
    ui::format::{
        bytes::bytes,
        number::{grouped, rate},
    },
};

/// Whether a part works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Works,
    Waits,
}

/// Channel, database, memory, search.
#[component]
pub fn Parts(
    /// How things stand.
    stats: Stats,
) -> impl IntoView {
    let (channel_state, channel_word) = match stats.ingest {
        IngestState::Receiving => (State::Works, "Receiving"),
        IngestState::Idle => (State::Works, "Connected, idle"),
        IngestState::Connecting => (State::Waits, "Connecting"),
        IngestState::Stalled => (State::Waits, "Storing waits"),
        IngestState::Reconnecting => (State::Waits, "Reconnecting"),
        IngestState::Replaced => (State::Waits, "Replaced"),
    };
    let (database_state, database_word) = match stats.database {
        DatabaseState::Up => (State::Works, "Connected"),
        DatabaseState::Away => (State::Waits, "Away"),
    };
    let whole = |is_whole| {
        if is_whole {
            (State::Works, "Whole")
        } else {
            (State::Waits, "Filling")
        }
    };
    let (cache_state, cache_word) = whole(stats.cache.complete);
    let (search_state, search_word) = whole(stats.search.complete);
    let known = |number: Option<u64>| number.map_or_else(|| "not known".to_owned(), grouped);
    let last = stats
        .last_order
        .as_ref()
        .map_or_else(|| "none yet".to_owned(), |last| grouped(last.seq));
    let share = percent(stats.search.entries, stats.orders);
    view! {
        <div class="grid">
            {part("Channel", channel_state, channel_word, known(stats.lag), "waiting", vec![
                ("Channel", stats.channel.clone()),
                ("Pace", rate(stats.rate_per_second)),
                ("Received", grouped(stats.received)),
                ("Came again", grouped(stats.redelivered)),
            ])}
            {part("Database", database_state, database_word, grouped(stats.orders), "orders", vec![
                ("Newest row", last),
                ("Kept aside, open", grouped(stats.in_quarantine)),
            ])}
            {part("Memory", cache_state, cache_word, grouped(stats.cache.entries), "orders", vec![
                ("Documents", bytes(stats.cache.bytes)),
                ("Of all orders", percent(stats.cache.entries, stats.orders)),
            ])}
            {part("Search", search_state, search_word, grouped(stats.search.entries), "orders", vec![
                ("Of all orders", share),
            ])}
        </div>
    }
    .into_any()
}

fn part(
    name: &'static str,
    state: State,
    word: &'static str,
    value: String,
    unit: &'static str,
    facts: Vec<(&'static str, String)>,
) -> AnyView {
    let dot = match state {
        State::Works => "dot is-ok",
        State::Waits => "dot dot--ring is-warn",
    };
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div class="facts__row">
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card part">
            <div class="part__head">
                <h2>{name}</h2>
                <span class="part__state">
                    <span class=dot></span>
                    {word}
                </span>
            </div>
            <p class="part__value">{value} " " <small>{unit}</small></p>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_any()
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 || part >= whole {
        return "100%".to_owned();
    }
    #[expect(clippy::cast_precision_loss, reason = "a share in percent")]
    let percent = part as f64 / whole as f64 * 100.0;
    // What is not whole is never called so.
    format!("{:.1}%", percent.min(99.9))
}
