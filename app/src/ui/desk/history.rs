//! The address bar, Back and Forward, and where the window was scrolled to.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::question::Question;
use crate::ui::live::browser;

/// Gives the page a new address. Where it was scrolled to stays with the old.
pub(super) fn push(address: &str) {
    if let Ok(history) = window().history() {
        let scrolled = JsValue::from_f64(browser::scrolled());
        // They fail only where a page changes its address hundreds of times in
        // some seconds; the list is right all the same.
        let _ = history.replace_state(&scrolled, "");
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Gives the page another address in the place of the last.
pub(super) fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Calls `act` with what the address asks and how far the window was scrolled,
/// in pixels, when the reader goes back or forward within the desk.
pub(super) fn on_back_and_forward(act: impl Fn(Question, f64) + 'static) {
    window_event_listener(leptos::ev::popstate, move |event| {
        let query = window().location().search().unwrap_or_default();
        act(
            Question::from_query(&query),
            event.state().as_f64().unwrap_or_default(),
        );
    });
}

/// Scrolls as soon as a list is shown that is long enough, or never.
pub(super) fn scroll_when_shown(pixels: f64) {
    const TRIES: u32 = 60;
    fn attempt(pixels: f64, tries: u32) {
        browser::scroll_to(pixels);
        if tries > 0 && (browser::scrolled() - pixels).abs() > 2.0 {
            request_animation_frame(move || attempt(pixels, tries - 1));
        }
    }
    if pixels > 0.0 {
        request_animation_frame(move || attempt(pixels, TRIES));
    }
}

/// The list that a pressed link leads to, if it leads to one.
pub(super) fn list_link(event: &MouseEvent) -> Option<Question> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let link = pressed.closest("a[href]").ok()??;
    let address = link.get_attribute("href")?;
    let query = address.strip_prefix('/')?;
    (query.is_empty() || query.starts_with('?')).then(|| Question::from_query(query))
}
