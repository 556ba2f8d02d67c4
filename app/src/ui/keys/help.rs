//! Opens the list of keys over the page one is at.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{DomParser, HtmlDialogElement, SupportedType};

use super::{ALL_KEYS, HELP, KEYS, single};
use crate::ui::{layout::close_menus, live::browser};

/// Opens the list, which is read the first time it is asked for. On its own
/// page there is nothing to open.
pub(super) fn open() {
    let dialog = document()
        .get_element_by_id(HELP)
        .and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    let Some(dialog) = dialog else { return };
    close_menus();
    // It fails only where a dialog is open otherwise.
    let _ = dialog.show_modal();
    spawn_local(fill(dialog));
}

async fn fill(dialog: HtmlDialogElement) {
    let Ok(Some(body)) = dialog.query_selector("[data-keys]") else {
        return;
    };
    if body.first_element_child().is_none() {
        let list = read().await;
        match list {
            Some(list) => body.set_inner_html(&list),
            None => body.set_text_content(dialog.get_attribute("data-offline").as_deref()),
        }
    }
    single::show();
}

/// The list, as its page has it.
async fn read() -> Option<String> {
    let html = browser::fetch_text(ALL_KEYS).await?;
    let page = DomParser::new().ok()?;
    let page = page
        .parse_from_string(&html, SupportedType::TextHtml)
        .ok()?;
    Some(page.get_element_by_id(KEYS)?.inner_html())
}
