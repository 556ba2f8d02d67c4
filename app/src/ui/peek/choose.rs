//! Which row is chosen, in the browser. What the peek shows stands in the
//! attribute `data-uid` of its element.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement};

use super::{CONTENT, PEEK};
use crate::ui::{format::links::encode, layout::is_typed_into, live::browser};

/// Sent to a row, bubbling, it chooses the row.
pub const CHOOSE: &str = "orderdesk:choose";

const UID: &str = "data-uid";

/// Follows the keys and [`CHOOSE`], for as long as the page lives.
pub fn follow() {
    window_event_listener(ev::Custom::<Event>::new(CHOOSE), |event| {
        let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
        if let Some(row) = at.and_then(|at| at.closest("tr").ok().flatten()) {
            choose(&row);
        }
    });
    window_event_listener(ev::keydown, |event| {
        let is_typing = document()
            .active_element()
            .is_some_and(|active| is_typed_into(&active));
        if event.key() == "Escape" && !event.default_prevented() && !is_typing {
            close();
        }
    });
}

/// Whether a press on the row chooses it: there is room for the peek, and it is
/// not chosen yet.
pub fn may_choose(row: &Element) -> bool {
    is_visible() && !row.has_attribute("aria-current")
}

/// Chooses a row of the list: marks it, and shows its order where there is room.
pub fn choose(row: &Element) {
    let Some(uid) = row.get_attribute(UID) else {
        return;
    };
    mark(Some(row));
    let (Some(peek), Some(content)) = (peek().filter(|_| is_visible()), content()) else {
        return;
    };
    if peek.get_attribute(UID).as_ref() == Some(&uid) {
        return;
    }
    // It fails only for a name that is none; so below.
    let _ = peek.set_attribute(UID, &uid);
    let list = window().location().search().unwrap_or_default();
    let list = list.trim_start_matches('?');
    let address = format!("/desk/peek?uid={}&{list}", encode(&uid));
    spawn_local(async move {
        let html = browser::fetch_text(&address).await;
        // Another may have been chosen meanwhile.
        if peek.get_attribute(UID).as_ref() == Some(&uid) {
            match html {
                Some(html) => {
                    content.set_inner_html(&html);
                    peek.set_scroll_top(0);
                }
                None => close(),
            }
        }
    });
}

/// No row is chosen any more. A focus within the peek goes to the row.
pub fn close() {
    let Some(peek) = peek().filter(|peek| peek.has_attribute(UID)) else {
        mark(None);
        return;
    };
    if peek.contains(document().active_element().as_deref()) {
        let link = first("#answer tr[aria-current] a");
        if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            // It fails only for an element that cannot take the focus.
            let _ = link.focus();
        }
    }
    mark(None);
    let _ = peek.remove_attribute(UID);
    if let Some(content) = content() {
        content.set_inner_html("");
    }
}

/// The list has other rows now: what is shown stays chosen where it is among
/// them. They are asked for only where something is shown.
pub fn keep(rows: impl FnOnce() -> Vec<Element>) {
    let Some(uid) = peek().and_then(|peek| peek.get_attribute(UID)) else {
        return;
    };
    let row = rows()
        .into_iter()
        .find(|row| row.get_attribute(UID).as_ref() == Some(&uid));
    match row {
        Some(row) => mark(Some(&row)),
        None => close(),
    }
}

/// Marks a row as the chosen one, and no other.
fn mark(row: Option<&Element>) {
    if let Some(last) = first("#answer tr[aria-current]") {
        let _ = last.remove_attribute("aria-current");
    }
    if let Some(row) = row {
        let _ = row.set_attribute("aria-current", "true");
    }
}

fn is_visible() -> bool {
    peek().is_some_and(|peek| peek.client_width() > 0)
}

fn peek() -> Option<Element> {
    document().get_element_by_id(PEEK)
}

fn content() -> Option<Element> {
    document().get_element_by_id(CONTENT)
}

fn first(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
