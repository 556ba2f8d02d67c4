//! What parts of pages do that only a script can: copying, printing, closing
//! menus, telling the reader's zone. One listener serves all of them, however many a page has.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::{local_times::show_in_readers_zone, menus::follow_presses};
use crate::ui::{language::td_string, live::browser, reader::locale};

/// How long a button says that it has copied.
const SAID_FOR: Duration = Duration::from_millis(1500);

/// Acts on buttons with `data-copy`, `data-copy-text-of`, `data-copy-address` and
/// `data-print`.
#[island]
pub fn PageActions() -> impl IntoView {
    Effect::new(move |_| {
        show_in_readers_zone();
        follow_presses();
        window_event_listener(leptos::ev::click, move |event| {
            let pressed = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let Some(pressed) = pressed else { return };
            let within = |selector| pressed.closest(selector).ok().flatten();
            if within("[data-print]").is_some() {
                browser::print();
            } else if let Some(button) =
                within("[data-copy], [data-copy-text-of], [data-copy-address]")
            {
                spawn_local(copy(button));
            }
        });
    });
}

async fn copy(button: Element) {
    let Some(value) = copied_by(&button) else {
        return;
    };
    let has_copied = browser::copy(&value).await.is_ok();
    let said = if has_copied {
        td_string!(locale(), layout.copied)
    } else {
        td_string!(locale(), layout.cannot_copy)
    };
    say(&button, said);
    if has_copied {
        // It fails only for a name that is none.
        let _ = button.set_attribute("data-copied", "");
    }
    set_timeout(
        move || {
            say(&button, "");
            let _ = button.remove_attribute("data-copied");
        },
        SAID_FOR,
    );
}

fn copied_by(button: &Element) -> Option<String> {
    if let Some(path) = button.get_attribute("data-copy-address") {
        return Some(window().location().origin().ok()? + &path);
    }
    button.get_attribute("data-copy").or_else(|| {
        let id = button.get_attribute("data-copy-text-of")?;
        document().get_element_by_id(&id)?.text_content()
    })
}

fn say(button: &Element, words: &str) {
    if let Ok(Some(region)) = button.query_selector("[role=status]") {
        region.set_text_content(Some(words));
    }
}
