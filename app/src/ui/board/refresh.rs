//! Brings a part of the page up to date: reads the page again, and puts the
//! part in its place. The server renders it; nothing of it is code here.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomParser, Element, Response, SupportedType};

/// Reads the page again every few seconds while somebody can see it.
#[island]
pub fn Refresh(
    /// The id of the element that is brought up to date.
    id: String,
    /// How often.
    seconds: u64,
) -> impl IntoView {
    Effect::new(move |_| {
        let id = id.clone();
        // It fails only where the browser has no timers.
        let _ = set_interval_with_handle(
            move || {
                let here = document().get_element_by_id(&id);
                if let Some(here) = here.filter(|here| !is_in_use(here)) {
                    // A page that does not come now may come the next time.
                    spawn_local(async move { drop(replace(here).await) });
                }
            },
            Duration::from_secs(seconds),
        );
    });
}

/// What the reader is at is not taken away; what is not seen is not read.
fn is_in_use(here: &Element) -> bool {
    let has_focus = document()
        .active_element()
        .is_some_and(|active| here.contains(Some(&active)));
    let is_open = here
        .query_selector("details[open]")
        .is_ok_and(|open| open.is_some());
    has_focus || is_open || document().hidden()
}

async fn replace(here: Element) -> Result<(), JsValue> {
    let address = window().location().href()?;
    let response: Response = JsFuture::from(window().fetch_with_str(&address))
        .await?
        .dyn_into()?;
    let html = JsFuture::from(response.text()?).await?;
    let html = html.as_string().unwrap_or_default();
    let page = DomParser::new()?.parse_from_string(&html, SupportedType::TextHtml)?;
    if let Some(there) = page.get_element_by_id(&here.id()) {
        here.set_inner_html(&there.inner_html());
    }
    Ok(())
}
