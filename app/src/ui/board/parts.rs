//! The parts that everything hangs on, each with its state.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState, Stats},
    ui::{
        format::{
            bytes::bytes,
            number::{grouped, rate, with_decimal_mark},
        },
        language::{Locale, td_string},
        reader::locale,
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
    let locale = locale();
    let (channel_state, channel_word) = channel(stats.ingest, locale);
    let (database_state, database_word) = match stats.database {
        DatabaseState::Up => (State::Works, td_string!(locale, status.connected)),
        DatabaseState::Away => (State::Waits, td_string!(locale, status.away)),
    };
    let whole = |is_whole| {
        if is_whole {
            (State::Works, td_string!(locale, status.whole))
        } else {
            (State::Waits, td_string!(locale, status.filling))
        }
    };
    let known = |number: Option<u64>| {
        number.map_or_else(
            || td_string!(locale, status.not_known).to_owned(),
            |number| grouped(locale, number),
        )
    };
    let last = stats.last_order.as_ref().map_or_else(
        || td_string!(locale, status.none_yet).to_owned(),
        |last| grouped(locale, last.seq),
    );
    let share = |entries| percent(entries, stats.orders, locale);
    let orders = |count: u64| td_string!(locale, status.orders, count);
    let channel = vec![
        (td_string!(locale, status.channel), stats.channel.clone()),
        (
            td_string!(locale, status.pace),
            rate(locale, stats.rate_per_second),
        ),
        (
            td_string!(locale, status.received),
            grouped(locale, stats.received),
        ),
        (
            td_string!(locale, status.came_again),
            grouped(locale, stats.redelivered),
        ),
    ];
    let database = vec![
        (td_string!(locale, status.newest_row), last),
        (
            td_string!(locale, status.open_aside),
            grouped(locale, stats.in_quarantine),
        ),
    ];
    let memory = vec![
        (
            td_string!(locale, status.documents),
            bytes(locale, stats.cache.bytes),
        ),
        (
            td_string!(locale, status.of_all),
            share(stats.cache.entries),
        ),
    ];
    let search = vec![(
        td_string!(locale, status.of_all),
        share(stats.search.entries),
    )];
    view! {
        <div class="grid">
            {part(
                td_string!(locale, status.channel),
                (channel_state, channel_word),
                known(stats.lag),
                td_string!(
                    locale,
                    status.waiting_unit,
                    count = stats.lag.unwrap_or_default()
                ),
                channel,
            )}
            {part(
                td_string!(locale, status.database),
                (database_state, database_word),
                grouped(locale, stats.orders),
                orders(stats.orders),
                database,
            )}
            {part(
                td_string!(locale, status.memory),
                whole(stats.cache.complete),
                grouped(locale, stats.cache.entries),
                orders(stats.cache.entries),
                memory,
            )}
            {part(
                td_string!(locale, status.search),
                whole(stats.search.complete),
                grouped(locale, stats.search.entries),
                orders(stats.search.entries),
                search,
            )}
        </div>
    }
    .into_any()
}

fn part(
    name: &'static str,
    (state, word): (State, &'static str),
    value: String,
    unit: String,
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

fn percent(part: u64, whole: u64, locale: Locale) -> String {
    let number = if whole == 0 || part >= whole {
        "100".to_owned()
    } else {
        #[expect(clippy::cast_precision_loss, reason = "a share in percent")]
        let percent = part as f64 / whole as f64 * 100.0;
        // What is not whole is never called so.
        with_decimal_mark(locale, format!("{:.1}", percent.min(99.9)))
    };
    td_string!(locale, units.percent, number)
}

fn channel(ingest: IngestState, locale: Locale) -> (State, &'static str) {
    match ingest {
        IngestState::Receiving => (State::Works, td_string!(locale, status.receiving)),
        IngestState::Idle => (State::Works, td_string!(locale, status.connected_idle)),
        IngestState::Connecting => (State::Waits, td_string!(locale, layout.connecting)),
        IngestState::Stalled => (State::Waits, td_string!(locale, layout.storing_waits)),
        IngestState::Reconnecting => (State::Waits, td_string!(locale, status.reconnecting)),
        IngestState::Replaced => (State::Waits, td_string!(locale, layout.replaced)),
    }
}
