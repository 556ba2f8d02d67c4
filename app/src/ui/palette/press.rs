//! What a press on the palette does.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::{PALETTE, combobox::say};
use crate::ui::live::browser;

/// Acts on a press within the palette.
pub(in crate::ui) fn on_click(pressed: &Element, event: &MouseEvent) {
    let Ok(Some(line)) = pressed.closest(&format!("#{PALETTE} [role=option]")) else {
        return;
    };
    if let Some(done) = line.get_attribute("data-copy-here") {
        spawn_local(copy_address(line, done));
        return;
    }
    // A link that is opened beside this page leaves the palette as it is.
    let is_beside = event.ctrl_key() || event.meta_key() || event.shift_key();
    if let Some(open) = browser::open_dialog().filter(|_| !is_beside) {
        open.close();
    }
    if let Some(target) = line.get_attribute("data-press")
        && let Ok(Some(target)) = document().query_selector(&target)
        && let Ok(target) = target.dyn_into::<HtmlElement>()
    {
        // Whoever listens to presses, this listener too, is not called within itself.
        spawn_local(async move { target.click() });
    }
}

async fn copy_address(line: Element, done: String) {
    let address = window().location().href().unwrap_or_default();
    if browser::copy(&address).await.is_err() {
        return;
    }
    if let Ok(Some(caption)) = line.query_selector(".caption") {
        caption.set_text_content(Some(&done));
    }
    say(&done);
}
