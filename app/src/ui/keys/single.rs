//! Keys that act by themselves, without Ctrl or ⌘, can be switched off: whoever
//! dictates, or hits keys by mistake, is not sent about. Kept in the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement, Storage};

use crate::ui::live::elements;

/// The switch, wherever it stands.
const SWITCH: &str = "[data-single-keys]";

const NAME: &str = "orderdesk.single-keys";
const OFF: &str = "off";

/// Whether they act.
pub(super) fn are_on() -> bool {
    storage()
        .and_then(|storage| storage.get_item(NAME).ok().flatten())
        .as_deref()
        != Some(OFF)
}

/// Shows at every switch whether they act.
pub(super) fn show() {
    let Some(body) = document().body() else {
        return;
    };
    for switch in elements(&body, SWITCH) {
        if let Ok(switch) = switch.dyn_into::<HtmlInputElement>() {
            switch.set_checked(are_on());
        }
    }
}

/// A switch was pressed.
pub(super) fn on_change(event: &Event) {
    let switch = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        .filter(|target| target.matches(SWITCH).unwrap_or_default());
    if let (Some(switch), Some(storage)) = (switch, storage()) {
        // It fails only where the storage is full or forbidden: then they act.
        let _ = if switch.checked() {
            storage.remove_item(NAME)
        } else {
            storage.set_item(NAME, OFF)
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
