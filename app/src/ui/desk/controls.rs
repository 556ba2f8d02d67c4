//! What the controls around a list do where scripts run. One listener serves
//! all of them: the server may render them anew at any time.

use leptos::{
    ev::{self, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

use super::{
    answer::ANSWER,
    attention::Attention,
    document::Shown,
    history,
    state::DeskState,
    table_view::{Optional, TableView},
};
use crate::ui::{
    live::browser,
    palette::PALETTE,
    peek,
    rail::{KeptView, save_view},
};

/// Acts on presses and changes within the answer.
pub(super) fn follow(state: DeskState, attention: Attention) {
    window_event_listener(ev::click, move |event| {
        let pressed = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let Some(pressed) = pressed.filter(is_of_desk) else {
            return;
        };
        let within = |selector| pressed.closest(selector).ok().flatten();
        if let Some(button) = within("[data-pause]") {
            attention.paused.update(|paused| *paused = !*paused);
            let is_paused = attention.paused.get_untracked().to_string();
            // It fails only for a name that is none.
            let _ = button.set_attribute("aria-pressed", &is_paused);
        } else if within("[data-show-new]").is_some() {
            browser::scroll_to_top();
            browser::focus("found");
            state.bring_up_to_date();
        } else if let Some(button) = within("[data-save-view]") {
            save_view(KeptView {
                name: button.get_attribute("data-save-view").unwrap_or_default(),
                address: state
                    .question
                    .with_untracked(|question| question.from_top().address()),
            });
        } else if is_plain(&event) {
            let row = within("a.orders__open").and_then(|link| link.closest("tr").ok().flatten());
            match row {
                // A key opens the page; so does a second press.
                Some(row) if event.detail() > 0 && peek::may_choose(&row) => {
                    event.prevent_default();
                    peek::choose(&row);
                }
                _ => follow_link(state, &event),
            }
        }
    });
    window_event_listener(ev::change, move |event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if field.is_some_and(|field| matches!(field.name().as_str(), "density" | "col"))
            && let Some(view) = take_table_view()
        {
            browser::set_cookie(&view.cookie());
        }
    });
    // What was chosen before this was here, or came back with the page.
    take_table_view();
}

/// Whether a press is for this page: others ask the browser for another window.
fn is_plain(event: &MouseEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !has_modifier && !event.default_prevented()
}

/// A link to a list shows it without loading the page.
fn follow_link(state: DeskState, event: &MouseEvent) {
    if let Some(question) = history::list_link(event) {
        event.prevent_default();
        state.go_to(question);
    }
}

/// Whether an element belongs to the answer, or leads to one from the palette.
fn is_of_desk(element: &Element) -> bool {
    element
        .closest(&format!("#{ANSWER}, #{PALETTE}"))
        .is_ok_and(|within| within.is_some())
}

/// Shows the table as the fields say.
fn take_table_view() -> Option<TableView> {
    let shown = Shown::now()?;
    let is_checked = |selector: &str| {
        shown
            .find(selector)
            .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
            .is_none_or(|field| field.checked())
    };
    let mut view = TableView {
        is_compact: is_checked("#density-compact"),
        hidden: Vec::new(),
    };
    for column in Optional::ALL {
        let is_shown = is_checked(&format!("[name=col][value={}]", column.name()));
        view.set_shown(column, is_shown);
    }
    shown.set_table_view(&view);
    Some(view)
}
