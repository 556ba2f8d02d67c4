//! Going through the rows of a list by keyboard. The row one is at has the
//! focus, on its link: Enter opens it, it is read out, and the list does not
//! move while it is there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::ui::live::elements;

/// The rows of the desk, and those of the quarantine.
const ROWS: &str = "#answer tbody tr, .quarantine__item";

/// The headings of a list: they stick above its rows.
const HEADINGS: &str = "#answer thead th";

/// Sent to a row that is gone to, and up from there.
const CHOOSE: &str = "orderdesk:choose";

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    Next,
    Previous,
    First,
    Last,
}

/// Goes to another row; whether there are any.
pub(super) fn go(to: To) -> bool {
    let Some(body) = document().body() else {
        return false;
    };
    let rows = elements(&body, ROWS);
    let active = document().active_element();
    let here = rows.iter().position(|row| row.contains(active.as_deref()));
    let next = match (to, here) {
        (To::Next, Some(at)) => (at + 1).min(rows.len() - 1),
        (To::Previous, Some(at)) => at.saturating_sub(1),
        (To::Next | To::Previous, None) => first_in_sight(&rows),
        (To::First, _) => 0,
        (To::Last, _) => rows.len().saturating_sub(1),
    };
    let Some(row) = rows.get(next) else {
        return false;
    };
    if let Ok(Some(link)) = row.query_selector("a[href]")
        && let Ok(link) = link.dyn_into::<HtmlElement>()
    {
        // It fails only for an element that cannot take the focus.
        let _ = link.focus();
    }
    tell(row);
    true
}

/// Tells who shows an order beside the list that this row is chosen.
fn tell(row: &Element) {
    // It fails only for a kind of event that is none.
    if let Ok(event) = document().create_event("Event") {
        event.init_event_with_bubbles(CHOOSE, true);
        let _ = row.dispatch_event(&event);
    }
}

/// Leaves the row one is at, if one is at one.
pub(super) fn leave() {
    let active = document().active_element();
    let row = active
        .as_ref()
        .and_then(|active| active.closest(ROWS).ok().flatten());
    if row.is_some()
        && let Some(Ok(active)) = active.map(JsCast::dyn_into::<HtmlElement>)
    {
        // It fails only for an element that cannot take the focus.
        let _ = active.blur();
    }
}

/// The first row that lies below what sticks to the top of the window.
fn first_in_sight(rows: &[Element]) -> usize {
    let headings = document().query_selector(HEADINGS).ok().flatten();
    let edge = headings.map_or(0.0, |headings| headings.get_bounding_client_rect().bottom());
    rows.iter()
        .position(|row| row.get_bounding_client_rect().top() >= edge)
        .unwrap_or_default()
}
