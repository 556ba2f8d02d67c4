//! The keys that work on every page.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

/// The id of the search box, on the pages that have one.
pub const SEARCH_BOX: &str = "q";

/// `/` goes to the search box, Esc leaves it.
#[island]
pub fn Shortcuts() -> impl IntoView {
    Effect::new(move |_| {
        window_event_listener(leptos::ev::keydown, move |event| {
            let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
            if event.default_prevented() || has_modifier {
                return;
            }
            let search_box = document()
                .get_element_by_id(SEARCH_BOX)
                .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
            let Some(search_box) = search_box else { return };
            let active = document().active_element();
            if event.key() == "/" && !active.as_ref().is_some_and(is_typed_into) {
                event.prevent_default();
                search_box.select();
            } else if event.key() == "Escape" && active.as_ref() == Some(search_box.as_ref()) {
                // It fails only for an element that cannot take the focus.
                let _ = search_box.blur();
            }
        });
    });
}

/// Whether keys pressed there write text.
pub fn is_typed_into(element: &web_sys::Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}
