//! Small things only a browser can do. On the server none of them is called.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlDialogElement, HtmlElement, Response};

/// Moves the focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    if let Some(element) = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        // It fails only for an element that cannot take the focus.
        let _ = element.focus();
    }
}

/// Whether the window stands at the top of the page.
pub fn is_at_top() -> bool {
    window().scroll_y().is_ok_and(|pixels| pixels < 8.0)
}

/// Goes to the top of the page.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Opens the browser's printing dialogue.
pub fn print() {
    // It fails only where the browser forbids dialogues.
    let _ = window().print();
}

/// Asks this host for `address`: the text of its answer, whatever its status;
/// `None` if there was none.
pub async fn fetch_text(address: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(address)).await;
    let response: Response = response.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await;
    text.ok()?.as_string()
}

/// Waits for the next frame: until then keys and presses are answered. A window
/// that nobody sees has no frames, and does not wait.
pub async fn next_frame() {
    if document().hidden() {
        return;
    }
    let mut wait = |act: js_sys::Function, _| {
        // It fails only for what is no function.
        let _ = window().request_animation_frame(&act);
    };
    let frame = JsFuture::from(js_sys::Promise::new(&mut wait)).await;
    drop(frame);
}

/// Copies `text`. Browsers allow it on `https:` and on the machine itself only.
///
/// # Errors
/// When the browser does not allow it.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))?;
    if clipboard.is_undefined() {
        return Err(JsValue::from_str("no clipboard"));
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await?;
    Ok(())
}

/// Keeps a cookie.
pub fn set_cookie(cookie: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        // It fails only in documents that have no cookies.
        let _ = document.set_cookie(cookie);
    }
}

/// Gives `<html>` an attribute, or takes it away.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        // It fails only for a name that is none.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// How far the window is scrolled down, in pixels.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the window down to here, in pixels from the top of the page.
pub fn scroll_to(pixels: f64) {
    window().scroll_to_with_x_and_y(0.0, pixels);
}

/// The name of the zone that the browser's clock shows.
pub fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::default();
    js_sys::Reflect::get(
        format.resolved_options().as_ref(),
        &JsValue::from_str("timeZone"),
    )
    .ok()?
    .as_string()
}

/// How far the browser's clock is ahead of UTC, in seconds, at the moment `at`,
/// in seconds since 1970.
pub fn offset_seconds(at: i64) -> i32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of the calendar lie far below 2^53"
    )]
    let at = js_sys::Date::new(&JsValue::from_f64(at as f64 * 1000.0));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an offset is less than a day"
    )]
    let seconds = (at.get_timezone_offset() * -60.0).round() as i32;
    seconds
}

/// The form of words that a number asks for in a language: `one`, `few`, `many`
/// or `other`.
pub fn plural_form(language: &str, number: u32) -> Option<String> {
    let languages = js_sys::Array::of1(&JsValue::from_str(language));
    let rules = js_sys::Intl::PluralRules::new(&languages, &js_sys::Object::new());
    rules.select(number.into()).as_string()
}

/// Names the document.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Leaves for another page.
pub fn go_to(address: &str) {
    // It fails only for a text that is no address.
    let _ = window().location().set_href(address);
}

/// The dialog that is open over the page.
pub fn open_dialog() -> Option<HtmlDialogElement> {
    let open = document().query_selector("dialog[open]").ok()??;
    open.dyn_into().ok()
}

/// The elements within `within` that match.
pub fn elements(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}
