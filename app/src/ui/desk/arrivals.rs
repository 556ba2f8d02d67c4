//! What the stream tells while a list is open: it is brought up to date where
//! that disturbs nobody, and waits behind the pill otherwise.

use leptos::prelude::*;
use orders::RowSeq;

use super::{
    attention::Attention,
    document::{Shown, set_hidden},
    state::DeskState,
};
use crate::{
    desk::DEFAULT_PAGE,
    ui::{
        format::number::grouped,
        language::tag,
        live::{Feed, browser},
        reader::locale,
    },
};

/// Rows that came and are not shown yet. Beyond some, they are not told apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrivals {
    waiting: RwSignal<Vec<RowSeq>>,
}

impl Arrivals {
    pub(super) fn new() -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
        }
    }

    /// Rows up to `newest` are shown, or belong further down.
    pub(super) fn are_shown(self, newest: RowSeq) {
        if self.waiting.with_untracked(|rows| !rows.is_empty()) {
            self.waiting.update(|rows| rows.retain(|row| *row > newest));
        }
    }

    /// Follows the stream, in the browser.
    pub(super) fn follow(self, feed: Feed, attention: Attention, state: DeskState) {
        Effect::new(move |before: Option<u32>| {
            let missed = feed.missed.get();
            if before.is_some_and(|before| before != missed) {
                state.bring_up_to_date();
            }
            missed
        });
        Effect::new(move |_| {
            feed.batch.with(|batch| {
                let Some(shown) = Shown::now().filter(|_| !batch.is_empty()) else {
                    return;
                };
                let newest = shown.newest();
                self.waiting.update(|waiting| {
                    let new = batch.iter().copied().filter(|row| *row > newest);
                    waiting.extend(new);
                    waiting.sort_unstable();
                    waiting.dedup();
                });
            });
        });
        Effect::new(move |_| {
            let is_waiting = self.waiting.with(|rows| !rows.is_empty());
            let holds = attention.holds();
            if is_waiting && !holds {
                state.bring_up_to_date();
            }
            self.show_pill(holds);
        });
        // Before the first order, what is ready is news too.
        Effect::new(move |before: Option<_>| {
            let now = feed.stats.with(|stats| {
                stats
                    .as_ref()
                    .map(|stats| (stats.ingest, stats.database, stats.received))
            });
            let is_news = before.is_some_and(|before| before != now);
            if is_news && Shown::now().is_some_and(|shown| shown.is("first-run")) {
                state.bring_up_to_date();
            }
            now
        });
    }

    fn show_pill(self, holds: bool) {
        let Some(pill) = Shown::now().and_then(|shown| shown.find("[data-show-new]")) else {
            return;
        };
        let count = self.waiting.with_untracked(Vec::len);
        let number = if count >= DEFAULT_PAGE {
            format!("{DEFAULT_PAGE}+")
        } else {
            grouped(locale(), count)
        };
        let shown = u32::try_from(count.min(DEFAULT_PAGE)).unwrap_or(u32::MAX);
        let form = browser::plural_form(tag(locale()), shown);
        let form = form.as_deref().unwrap_or("other");
        let words = |name| {
            let words = pill.get_attribute(&format!("{name}-{form}"));
            words.unwrap_or_default().replace("{}", &number)
        };
        // It fails only for a name that is none.
        let _ = pill.set_attribute("aria-label", &words("data-name"));
        if let Ok(Some(text)) = pill.query_selector("span") {
            text.set_text_content(Some(&words("data-text")));
        }
        set_hidden(pill, count == 0 || !holds);
    }
}
