//! Where the reader's attention is: rows enter a list only where nobody is
//! disturbed by it.

use leptos::prelude::*;
use orders::RowSeq;

use super::listing::Listing;
use crate::ui::live::browser;

/// Where the reader's attention is.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    /// Whether the reader stopped the list.
    pub is_paused: RwSignal<bool>,
    /// Whether the pointer or the focus is among the rows.
    pub is_among_rows: RwSignal<bool>,
    /// Whether the window was scrolled down.
    is_scrolled: RwSignal<bool>,
    /// The newest row the reader has had before the eyes.
    pub seen: RwSignal<RowSeq>,
}

impl Attention {
    /// The reader looks at the top of a list whose newest row is `newest`.
    pub fn new(newest: RowSeq) -> Self {
        Self {
            is_paused: RwSignal::new(false),
            is_among_rows: RwSignal::new(false),
            is_scrolled: RwSignal::new(false),
            seen: RwSignal::new(newest),
        }
    }

    /// Whether the rows have to stay as they are: no row moves under a
    /// pointer, or away from who reads further down.
    pub fn holds(&self) -> bool {
        // All three are asked, so that a change of any is noticed.
        let holds = [self.is_paused, self.is_among_rows, self.is_scrolled];
        holds.map(|signal| signal.get()).contains(&true)
    }

    /// Follows the window. Rows that were scrolled past are no longer news.
    pub fn watch_scrolling(self, listing: RwSignal<Listing>) {
        Effect::new(move |_| {
            let look = move || {
                let is_scrolled = !browser::is_at_top();
                if self.is_scrolled.get_untracked() != is_scrolled {
                    self.is_scrolled.set(is_scrolled);
                    self.seen.set(listing.with_untracked(Listing::newest));
                }
            };
            look();
            let on_scroll = window_event_listener(leptos::ev::scroll, move |_| look());
            on_cleanup(move || on_scroll.remove());
        });
    }
}
