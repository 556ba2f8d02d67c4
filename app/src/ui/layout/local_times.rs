//! Moments of a page that the server rendered in another zone than the
//! reader's: where the browser had not told its zone yet, or keeps no cookies.

use leptos::prelude::*;
use orders::Timestamp;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, MutationObserver, MutationObserverInit};

use crate::ui::{
    format::moment::{Written, write},
    live::browser,
    reader::reader,
    zone,
};

/// A moment as the server wrote it.
const MOMENTS: &str = "time[data-as]";

/// Says that moments are in UTC.
const SAYS_UTC: &str = "[data-utc]";

/// Tells the server the reader's zone, and writes moments in it: those that are
/// there, and those that come into the page later. Nothing to do where the page
/// came in this zone.
pub(super) fn show_in_readers_zone() {
    let (Some(name), Some(root)) = (browser::time_zone(), document().document_element()) else {
        return;
    };
    if root.get_attribute(zone::ATTRIBUTE).as_deref() == Some(&name) {
        return;
    }
    browser::set_cookie(&zone::cookie(&name));
    browser::set_root_attribute(zone::ATTRIBUTE, Some(&name));
    let is_utc = zone::is_utc(&name);
    mend(is_utc);
    let come = Closure::<dyn FnMut()>::new(move || mend(is_utc));
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    if let (Ok(observer), Some(body)) = (
        MutationObserver::new(come.as_ref().unchecked_ref()),
        document().body(),
    ) {
        // It fails only where nothing is asked to be observed.
        let _ = observer.observe_with_options(&body, &what);
    }
    // For as long as the page lives.
    come.forget();
}

fn mend(is_utc: bool) {
    let reader = reader();
    for moment in elements(MOMENTS) {
        let written = moment.get_attribute("data-as");
        let written = written.and_then(|name| Written::from_name(&name));
        let exact = moment.get_attribute("datetime");
        let exact = exact.and_then(|text| Timestamp::parse(&text).ok());
        if let (Some(written), Some(exact)) = (written, exact) {
            let text = write(exact, written, &reader);
            if moment.text_content().as_deref() != Some(&text) {
                moment.set_text_content(Some(&text));
            }
        }
        // It is not looked at again. It fails only for a name that is none.
        let _ = moment.remove_attribute("data-as");
    }
    if !is_utc {
        elements(SAYS_UTC).iter().for_each(Element::remove);
    }
}

fn elements(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}
