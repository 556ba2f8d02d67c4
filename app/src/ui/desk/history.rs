//! The address bar, Back and Forward, and where the window was scrolled to.

use leptos::{
    ev::{self, MouseEvent},
    prelude::*,
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::{document::Shown, question::Question, rows};
use crate::ui::live::browser;

/// Where the reader was in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// How far the window was scrolled, in pixels.
    pub(super) pixels: f64,
    /// How many rows there were.
    pub(super) rows: usize,
}

impl Place {
    fn now() -> Self {
        rows::settle();
        Self {
            pixels: browser::scrolled(),
            rows: Shown::now().map_or(0, |shown| shown.rows().len()),
        }
    }

    /// As it is kept in an entry of the browser's history.
    fn kept(self) -> JsValue {
        JsValue::from_str(&format!("{:.0} {}", self.pixels, self.rows))
    }

    fn of(state: &JsValue) -> Self {
        let read = || {
            let text = state.as_string()?;
            let (pixels, rows) = text.split_once(' ')?;
            Some(Self {
                pixels: pixels.parse::<u32>().ok()?.into(),
                rows: rows.parse().ok()?,
            })
        };
        read().unwrap_or_default()
    }
}

/// Gives the page a new address. Where it was scrolled to stays with the old.
pub(super) fn push(address: &str) {
    keep_place();
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Gives the page another address in the place of the last.
pub(super) fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Keeps where the reader is, for the way back.
fn keep_place() {
    if let Ok(history) = window().history() {
        // It fails only where a page changes its address hundreds of times in
        // some seconds; the list is right all the same.
        let _ = history.replace_state(&Place::now().kept(), "");
    }
}

/// Calls `act` with what the address asks and where the reader was in it: once
/// now, and each time one goes back or forward within the desk.
pub(super) fn follow(act: impl Fn(Option<Question>, Place) + 'static) {
    let state = window().history().and_then(|history| history.state());
    act(None, Place::of(&state.unwrap_or(JsValue::NULL)));
    window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), |_| {
        keep_place();
    });
    window_event_listener(ev::popstate, move |event| {
        let query = window().location().search().unwrap_or_default();
        act(
            Some(Question::from_query(&query)),
            Place::of(&event.state()),
        );
    });
}

/// The list that a pressed link leads to, if it leads to one.
pub(super) fn list_link(event: &MouseEvent) -> Option<Question> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let link = pressed.closest("a[href]").ok()??;
    let address = link.get_attribute("href")?;
    let query = address.strip_prefix('/')?;
    (query.is_empty() || query.starts_with('?')).then(|| Question::from_query(query))
}
