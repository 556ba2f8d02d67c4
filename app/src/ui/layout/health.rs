//! One word on how things stand, and the pace.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState},
    ui::{
        format::number::rate,
        live::{Standing, provide_feed},
    },
};

/// How things stand, in the bar at the top.
#[island]
pub fn Health(
    /// How things stood when the page was rendered.
    stats: Option<Standing>,
) -> impl IntoView {
    let feed = provide_feed(stats);
    let word = Memo::new(move |_| feed.stats.with(|stats| word_for(stats.as_ref())));
    let pace = Memo::new(move |_| {
        feed.stats.with(|stats| {
            stats
                .as_ref()
                .filter(|stats| matches!(word_for(Some(stats)), Word::Live | Word::Idle))
                .map(|stats| rate(stats.rate_per_second))
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
            <span class="health__word">{move || word.get().text()}</span>
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
    const fn text(self) -> &'static str {
        match self {
            Self::Live => "Live",
            Self::Idle => "Idle",
            Self::Trouble(text) => text,
        }
    }
}

fn word_for(stats: Option<&Standing>) -> Word {
    let Some(stats) = stats else {
        return Word::Trouble("Unknown");
    };
    if stats.database == DatabaseState::Away {
        return Word::Trouble("Database away");
    }
    match stats.ingest {
        IngestState::Receiving => Word::Live,
        IngestState::Idle => Word::Idle,
        IngestState::Connecting => Word::Trouble("Connecting"),
        IngestState::Stalled => Word::Trouble("Storing waits"),
        IngestState::Reconnecting => Word::Trouble("Channel away"),
        IngestState::Replaced => Word::Trouble("Replaced"),
    }
}
