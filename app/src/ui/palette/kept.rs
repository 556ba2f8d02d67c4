//! What the browser keeps, among the palette's lines: saved views, and orders
//! opened lately. The server knows nothing of them.

use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::ui::{
    format::{links, printable},
    live::elements,
    rail::{kept_orders, kept_views},
};

/// The most of each.
const MAX_LINES: usize = 5;

/// Fills the groups that wait for it with what is called like `typed`; whether
/// there is anything.
pub(super) fn fill(list: &Element, typed: &str) -> bool {
    let mut has_any = false;
    for group in elements(list, "[data-kept]") {
        let lines: Vec<[String; 3]> = match group.get_attribute("data-kept").as_deref() {
            Some("opened") => kept_orders()
                .into_iter()
                .map(|order| [links::order_page(&order.uid), order.name, order.uid])
                .collect(),
            _ => kept_views()
                .into_iter()
                .map(|view| [view.address, view.name, String::new()])
                .collect(),
        };
        let Some(line) = group.last_element_child() else {
            continue;
        };
        lines
            .iter()
            .filter(|[_, name, uid]| typed.is_empty() || has(name, typed) || has(uid, typed))
            .take(MAX_LINES)
            .for_each(|texts| has_any |= add(&group, &line, texts, typed).is_some());
        line.remove();
    }
    has_any
}

/// Adds a line made like `line`.
fn add(
    group: &Element,
    line: &Element,
    [address, name, uid]: &[String; 3],
    typed: &str,
) -> Option<()> {
    let new: Element = line.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    new.set_attribute("href", address).ok()?;
    let label = new.query_selector(".clip").ok()??;
    write(&label, &printable(name), typed)?;
    if !uid.is_empty() {
        label.append_with_str_1(" ").ok()?;
        let number = document().create_element("span").ok()?;
        number.set_class_name("caption code");
        write(&number, &printable(uid), typed)?;
        label.append_child(&number).ok()?;
    }
    group.append_child(&new).ok()?;
    Some(())
}

/// Writes a text, with what was typed marked.
fn write(into: &Element, text: &str, typed: &str) -> Option<()> {
    let folded = lower(text);
    let typed = lower(typed);
    // Letters whose small form is longer cannot be marked in their place.
    let place = folded
        .find(&typed)
        .filter(|_| !typed.is_empty() && folded.len() == text.len());
    let parts = place.and_then(|start| {
        let end = start + typed.len();
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    });
    let Some((before, part, after)) = parts else {
        return into.append_with_str_1(text).ok();
    };
    let mark = document().create_element("mark").ok()?;
    mark.set_text_content(Some(part));
    into.append_with_str_1(before).ok()?;
    into.append_child(&mark).ok()?;
    into.append_with_str_1(after).ok()
}

fn has(text: &str, typed: &str) -> bool {
    lower(text).contains(&lower(typed))
}

/// In small letters: the browser knows them, so that this page need not.
fn lower(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
