//! One word on how things stand, and the pace.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState},
    ui::{
        format::number::rate,
        language::{Locale, td_string},
        live::{Standing, provide_feed},
        reader::locale,
    },
};

/// How things stand, in the bar at the top.
#[island]
pub fn Health(
    /// How things stood when the page was rendered.
    stats: Option<Standing>,
) -> impl IntoView {
    let feed = provide_feed(stats);
    let locale = locale();
    let word = Memo::new(move |_| feed.stats.with(|stats| word_for(stats.as_ref(), locale)));
    let pace = Memo::new(move |_| {
        feed.stats.with(|stats| {
            stats
                .as_ref()
                .filter(|stats| matches!(word_for(Some(stats), locale), Word::Live | Word::Idle))
                .map(|stats| rate(locale, stats.rate_per_second))
        })
    });
    let dot = move || match word.get() {
        Word::Live => "dot is-ok",
        Word::Idle => "dot dot--ring is-ok",
        Word::Trouble(_) => "dot dot--ring is-warn",
    };

    view! {
        <a class="health" href="/status">
            <span class=dot></span>
            <span class="health__word">{move || word.get().text(locale)}</span>
            " "
            <span class="health__rate">{move || pace.get().unwrap_or_default()}</span>
        </a>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Live,
    Idle,
    Trouble(&'static str),
}

impl Word {
    fn text(self, locale: Locale) -> &'static str {
        match self {
            Self::Live => td_string!(locale, layout.live),
            Self::Idle => td_string!(locale, layout.idle),
            Self::Trouble(text) => text,
        }
    }
}

fn word_for(stats: Option<&Standing>, locale: Locale) -> Word {
    let Some(stats) = stats else {
        return Word::Trouble(td_string!(locale, layout.unknown));
    };
    if stats.database == DatabaseState::Away {
        return Word::Trouble(td_string!(locale, layout.database_away));
    }
    match stats.ingest {
        IngestState::Receiving => Word::Live,
        IngestState::Idle => Word::Idle,
        IngestState::Connecting => Word::Trouble(td_string!(locale, layout.connecting)),
        IngestState::Stalled => Word::Trouble(td_string!(locale, layout.storing_waits)),
        IngestState::Reconnecting => Word::Trouble(td_string!(locale, layout.channel_away)),
        IngestState::Replaced => Word::Trouble(td_string!(locale, layout.replaced)),
    }
}
