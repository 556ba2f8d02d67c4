//! What the status page says first.

use crate::{
    desk::{DatabaseState, History, IngestState, Stats},
    ui::{
        format::number::{grouped, with_decimal_mark},
        language::{Locale, counted, td_string},
    },
};

/// The heading, and a sentence or two that explain it.
pub fn news(stats: &Stats, history: &History, locale: Locale) -> (String, String) {
    let waiting = stats.lag.unwrap_or_default();
    let waits = if waiting == 0 {
        td_string!(locale, status.nothing_waits).to_owned()
    } else {
        counted!(locale, status.wait, waiting)
    };
    if stats.database == DatabaseState::Away {
        return (
            td_string!(locale, failures.database_away).to_owned(),
            td_string!(locale, status.while_away, waits),
        );
    }
    if let Some(trouble) = &stats.trouble {
        return (
            td_string!(locale, layout.storing_waits).to_owned(),
            td_string!(locale, status.trouble, trouble, waits),
        );
    }
    let heading = match stats.ingest {
        IngestState::Receiving | IngestState::Idle => None,
        IngestState::Connecting => Some(td_string!(locale, status.connecting_to_channel)),
        IngestState::Stalled => Some(td_string!(locale, layout.storing_waits)),
        IngestState::Reconnecting => Some(td_string!(locale, status.channel_is_away)),
        IngestState::Replaced => Some(td_string!(locale, status.taken_over)),
    };
    if let Some(heading) = heading {
        return (
            heading.to_owned(),
            td_string!(locale, status.while_disconnected).to_owned(),
        );
    }
    let missing = stats.missing.unwrap_or_default();
    if missing > 0 {
        return (
            counted!(locale, status.are_missing, missing),
            td_string!(locale, status.missing_why).to_owned(),
        );
    }
    let visible = history
        .samples
        .iter()
        .rev()
        .find_map(|sample| sample.visible_p50_ms)
        .map(|millis| td_string!(locale, status.visible_after, span = about(millis, locale)));
    let waits = if stats.missing.is_some() {
        td_string!(locale, status.and_nothing_missing, waits)
    } else {
        td_string!(locale, status.only_waits, waits)
    };
    let lede: Vec<String> = visible.into_iter().chain([waits]).collect();
    (td_string!(locale, status.works).to_owned(), lede.join(" "))
}

fn about(millis: f64, locale: Locale) -> String {
    if millis < 9.95 {
        let number = with_decimal_mark(locale, format!("{millis:.1}"));
        td_string!(locale, units.milliseconds, number)
    } else if millis < 1_000.0 {
        td_string!(locale, units.milliseconds, number = format!("{millis:.0}"))
    } else {
        let number = grouped(locale, format!("{:.0}", millis / 1_000.0));
        td_string!(locale, units.seconds, number)
    }
}
