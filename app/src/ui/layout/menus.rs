//! Menus: Esc and a press outside close them, and one is open at a time.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

/// The menus that are open.
const OPEN: &str = "details.menu[open]";

/// Closes the menus that are open, and gives the focus back to what opened
/// them; whether there were any.
pub(in crate::ui) fn close_menus() -> bool {
    let open = open_menus();
    for menu in &open {
        menu.set_open(false);
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
    !open.is_empty()
}

/// Closes menus at presses elsewhere, for as long as the window lives.
pub(super) fn follow_presses() {
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
