//! Where the reader's attention is: rows enter a list only where nobody is
//! disturbed by it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget};

use super::document::Shown;
use crate::ui::live::browser;

/// The rows; and dialogs, which give the attention back to a row.
const ROWS: &str = "#answer tbody, dialog";

/// Where the reader's attention is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attention {
    /// Whether the reader stopped the list.
    pub(super) paused: RwSignal<bool>,
    pointing: RwSignal<bool>,
    focused: RwSignal<bool>,
    scrolled: RwSignal<bool>,
}

impl Attention {
    pub(super) fn new() -> Self {
        Self {
            paused: RwSignal::new(false),
            pointing: RwSignal::new(false),
            focused: RwSignal::new(false),
            scrolled: RwSignal::new(false),
        }
    }

    /// Whether the rows have to stay as they are: no row moves under a
    /// pointer, or away from who reads further down.
    pub(super) fn holds(self) -> bool {
        // All are asked, so that a change of any is noticed.
        let holds = [self.paused, self.pointing, self.focused, self.scrolled];
        holds.map(|signal| signal.get()).contains(&true)
    }

    /// Follows pointer, focus and window, in the browser.
    pub(super) fn follow(self) {
        let look = move || {
            let is_scrolled = !browser::is_at_top();
            if set(self.scrolled, is_scrolled)
                && let Some(shown) = Shown::now()
            {
                shown.forget_news();
            }
        };
        look();
        let pointing = move |at: Option<EventTarget>| {
            set(self.pointing, is_among_rows(at));
        };
        let focused = move |at: Option<EventTarget>| {
            set(self.focused, is_among_rows(at));
        };
        window_event_listener(ev::scroll, move |_| look());
        window_event_listener(ev::pointerover, move |event| pointing(event.target()));
        window_event_listener(ev::pointerout, move |event| {
            pointing(event.related_target());
        });
        window_event_listener(ev::focusin, move |event| focused(event.target()));
        window_event_listener(ev::focusout, move |event| {
            // Where the window loses the focus, the element keeps it.
            focused(
                event
                    .related_target()
                    .or_else(|| document().active_element().map(EventTarget::from)),
            );
        });
    }
}

/// Sets a signal where that changes it; whether it did.
fn set(signal: RwSignal<bool>, value: bool) -> bool {
    let is_change = signal.get_untracked() != value;
    if is_change {
        signal.set(value);
    }
    is_change
}

fn is_among_rows(at: Option<EventTarget>) -> bool {
    at.and_then(|at| at.dyn_into::<Element>().ok())
        .and_then(|at| at.closest(ROWS).ok().flatten())
        .is_some()
}
