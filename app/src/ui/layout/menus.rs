//! Menus: Esc and a press outside close them, and one is open at a time.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

/// The menus that are open.
const OPEN: &str = "details.menu[open]";

/// Follows the keys and presses of the window, for as long as it lives.
pub(super) fn close_menus() {
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() != "Escape" {
            return;
        }
        for menu in open_menus() {
            menu.set_open(false);
            event.prevent_default();
            let summary = menu
                .query_selector("summary")
                .ok()
                .flatten()
                .and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
            if let Some(summary) = summary {
                // It fails only for an element that cannot take the focus.
                let _ = summary.focus();
            }
        }
    });
    window_event_listener(leptos::ev::pointerdown, move |event| {
        let pressed = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        for menu in open_menus() {
            if !menu.contains(pressed.as_deref()) {
                menu.set_open(false);
            }
        }
    });
}

fn open_menus() -> Vec<HtmlDetailsElement> {
    let Ok(found) = document().query_selector_all(OPEN) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}
