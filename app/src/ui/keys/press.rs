//! What each key does, on every page.
//!
//! Keys without Ctrl or ⌘ act only where no text is being written.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::{
    ALL_KEYS, help,
    rows::{self, To},
    single,
};
use crate::ui::{
    layout::{SEARCH_BOX, close_menus},
    live::browser,
    palette::{self, PALETTE},
};

/// The links to the page before this one and to the one after, on pages that
/// are no list of their own.
const BESIDE: [(&str, &str); 2] = [("[", "a[rel~=prev][href]"), ("]", "a[rel~=next][href]")];

/// An order that is shown beside the list: Esc closes it before one leaves the
/// rows.
const PEEK: &str = ".peek[data-uid]";

/// Follows the keys and presses of the window, for as long as it lives.
#[island]
pub fn Shortcuts() -> impl IntoView {
    Effect::new(move |_| {
        // `g` waits for a second key.
        let is_after_g = StoredValue::new(false);
        window_event_listener(ev::keydown, move |event| {
            let was_after_g = is_after_g.get_value();
            is_after_g.set_value(on_key(&event, was_after_g));
        });
        window_event_listener(ev::input, |event| palette::on_input(&event));
        window_event_listener(ev::change, |event| single::on_change(&event));
        window_event_listener(ev::click, on_click);
        single::show();
    });
}

/// Acts on a key; whether it was a `g` that waits for another.
fn on_key(event: &KeyboardEvent, is_after_g: bool) -> bool {
    if event.default_prevented() || event.is_composing() {
        return false;
    }
    let key = key_of(event);
    let is_command = event.ctrl_key() || event.meta_key();
    if is_command && key == "k" && !event.alt_key() && !event.shift_key() {
        event.prevent_default();
        if !event.repeat() {
            palette::toggle();
        }
        return false;
    }
    if let Some(open) = browser::open_dialog() {
        if open.id() == PALETTE {
            palette::on_key(event);
        }
        return false;
    }
    if is_command || event.alt_key() {
        return false;
    }
    if key == "Escape" {
        if close_menus() {
            event.prevent_default();
        } else if !leave_search() && !has(PEEK) {
            rows::leave();
        }
        return false;
    }
    let is_writing = document()
        .active_element()
        .is_some_and(|active| is_typed_into(&active));
    if is_writing || !single::are_on() {
        return false;
    }
    if !is_after_g && key == "g" {
        return true;
    }
    if act(&key, is_after_g) {
        event.prevent_default();
    }
    false
}

/// Does what a single key does; whether it does anything.
fn act(key: &str, is_after_g: bool) -> bool {
    match (key, is_after_g) {
        ("g", true) => return rows::go(To::First),
        ("o", true) => browser::go_to("/"),
        ("r", true) => browser::go_to("/rejected"),
        ("s", true) => browser::go_to("/status"),
        (_, true) => return false,
        ("/", _) => go_to_search(),
        ("?", _) => help::open(),
        ("j", _) => return rows::go(To::Next),
        ("k", _) => return rows::go(To::Previous),
        ("G", _) => return rows::go(To::Last),
        ("p", _) => return press("[data-pause]"),
        (key, _) => {
            return BESIDE
                .iter()
                .any(|(beside, link)| *beside == key && !has("#answer") && press(link));
        }
    }
    true
}

/// The key by what it writes. Where that is no Latin letter, by where it is:
/// the keys work in a Cyrillic layout too.
fn key_of(event: &KeyboardEvent) -> String {
    let key = event.key();
    if key.is_ascii() {
        return if event.ctrl_key() || event.meta_key() {
            key.to_ascii_lowercase()
        } else {
            key
        };
    }
    match event.code().as_str() {
        "BracketLeft" => "[".to_owned(),
        "BracketRight" => "]".to_owned(),
        code => match code.strip_prefix("Key") {
            Some(letter) if event.shift_key() => letter.to_owned(),
            Some(letter) => letter.to_ascii_lowercase(),
            None => key,
        },
    }
}

/// To the search box; on pages without one, to the palette.
fn go_to_search() {
    match search_box() {
        Some(search_box) => search_box.select(),
        None => palette::open(),
    }
}

fn leave_search() -> bool {
    let active = document().active_element();
    search_box().is_some_and(|search_box| {
        active.as_ref() == Some(search_box.as_ref()) && search_box.blur().is_ok()
    })
}

fn search_box() -> Option<HtmlInputElement> {
    document().get_element_by_id(SEARCH_BOX)?.dyn_into().ok()
}

fn has(selector: &str) -> bool {
    document()
        .query_selector(selector)
        .is_ok_and(|found| found.is_some())
}

/// Presses an element; whether there is one.
fn press(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    match found.map(JsCast::dyn_into::<HtmlElement>) {
        Some(Ok(found)) => {
            found.click();
            true
        }
        _ => false,
    }
}

/// Opens and closes dialogs.
fn on_click(event: ev::MouseEvent) {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(pressed) = pressed else { return };
    let within = |selector: &str| pressed.closest(selector).ok().flatten();
    palette::on_click(&pressed, &event);
    if within("[data-palette]").is_some() {
        palette::open();
    } else if within(&format!("a[href='{ALL_KEYS}']")).is_some() && !event.default_prevented() {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if is_plain {
            event.prevent_default();
            help::open();
        }
    } else if pressed.is_instance_of::<HtmlDialogElement>() || within("[data-close]").is_some() {
        // What lies around a dialog counts as the dialog itself.
        if let Some(open) = browser::open_dialog() {
            open.close();
        }
    }
}

/// Whether keys pressed there write text.
pub fn is_typed_into(element: &Element) -> bool {
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "radio" | "checkbox"),
        None => matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT"),
    }
}
