//! The rows that follow come as one scrolls, and again on the way back.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use super::{document::Shown, history::Place, rows, state::DeskState};
use crate::ui::live::browser;

/// The most rows that a list grows to; further ones are on another page.
const MAX_ROWS: usize = 1_000;

/// Reads on each time the end of the list comes into view.
pub(super) fn follow(state: DeskState) {
    let Some(end) = Shown::now().and_then(|shown| shown.part("more")) else {
        return;
    };
    let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let is_in_view = entries.iter().any(|entry| {
            entry
                .unchecked_into::<IntersectionObserverEntry>()
                .is_intersecting()
        });
        if is_in_view {
            spawn_local(async move {
                read_on(state).await;
            });
        }
    });
    // It fails only for a callback that is no function.
    if let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(&end);
    }
    // For as long as the page lives.
    seen.forget();
}

/// Adds the page that follows; whether there was one.
async fn read_on(state: DeskState) -> bool {
    let Some(shown) = Shown::now() else {
        return false;
    };
    rows::settle();
    let count = shown.rows().len();
    let next = shown
        .find("[data-part=more] a[rel=next]")
        .and_then(|link| link.get_attribute("href"));
    let Some(next) = next.filter(|_| count < MAX_ROWS && !state.is_reading()) else {
        return false;
    };
    let Some(more) = state.read(&next, count).await else {
        // The link to the next page still stands there.
        return false;
    };
    shown.append(&more);
    true
}

/// Brings the window back to where it was, with the rows that were there.
pub(super) fn return_to(place: Place, state: DeskState) {
    if place.pixels <= 0.0 {
        return;
    }
    rows::settle();
    spawn_local(async move {
        while Shown::now().is_some_and(|shown| shown.rows().len() < place.rows) {
            if !read_on(state).await {
                break;
            }
        }
        request_animation_frame(move || browser::scroll_to(place.pixels));
    });
}
