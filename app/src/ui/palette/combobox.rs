//! The palette in the browser: it opens, asks as one types, and chooses.

use std::{cell::RefCell, time::Duration};

use leptos::{
    ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local,
};
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::{BODY, BOX, LIST, PALETTE, SAYS, kept};
use crate::ui::{
    format::links::encode,
    layout::close_menus,
    live::{browser, elements},
};

/// How long typing has to rest before the list follows.
const REST: Duration = Duration::from_millis(80);

/// A line that can be chosen.
const OPTION: &str = "[role=option]";

/// What stands there in the place of a list.
const NOTE: &str = "<p class=\"palette__note\"></p>";

/// What is going on.
#[derive(Default)]
struct State {
    /// One more for each question: answers to earlier ones are let go.
    turn: u32,
    resting: Option<TimeoutHandle>,
    /// Whether the list answers what stands in the box.
    is_answered: bool,
    /// Whether to open the first line of the answer: Enter was faster than it.
    opens: bool,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(act)
}

/// Opens the palette, or closes it.
pub(in crate::ui) fn toggle() {
    match browser::open_dialog() {
        Some(open) if open.id() == PALETTE => open.close(),
        open => {
            if let Some(open) = open {
                open.close();
            }
            self::open();
        }
    }
}

/// Opens the palette, empty.
pub(in crate::ui) fn open() {
    let (Some(dialog), Some(field)) = (by_id::<HtmlDialogElement>(PALETTE), field()) else {
        return;
    };
    close_menus();
    field.set_value("");
    // It fails only where a dialog is open otherwise.
    let _ = dialog.show_modal();
    ask();
}

/// The text of the box changed: the list follows once typing rests.
pub(in crate::ui) fn on_input(event: &Event) {
    let is_here = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.id() == BOX);
    if !is_here {
        return;
    }
    let rested = set_timeout_with_handle(ask, REST).ok();
    let earlier = with(|state| {
        state.is_answered = false;
        state.opens = false;
        std::mem::replace(&mut state.resting, rested)
    });
    if let Some(earlier) = earlier {
        earlier.clear();
    }
}

/// ↑ ↓ choose, Enter opens. The dialog itself takes Esc.
pub(in crate::ui) fn on_key(event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowDown" => step(1),
        "ArrowUp" => step(-1),
        "Enter" if is_on_button() => return,
        "Enter" if event.ctrl_key() || event.meta_key() => open_in_new_tab(),
        "Enter" => enter(),
        _ => return,
    }
    event.prevent_default();
}

/// The line that is chosen.
fn chosen() -> Option<HtmlElement> {
    let list = by_id::<Element>(LIST)?;
    let chosen = list.query_selector("[aria-selected=true]").ok()??;
    chosen.dyn_into().ok()
}

/// Whether the focus is on the button that closes: Enter is its own then.
fn is_on_button() -> bool {
    document()
        .active_element()
        .is_some_and(|active| active.has_attribute("data-close"))
}

fn enter() {
    let is_answered = with(|state| {
        state.opens = !state.is_answered;
        state.is_answered
    });
    if !is_answered {
        ask();
    } else if let Some(chosen) = chosen() {
        chosen.click();
    }
}

fn open_in_new_tab() {
    let Some(chosen) = chosen() else { return };
    match chosen.get_attribute("href") {
        // A browser that opens no tabs opens none.
        Some(address) => drop(window().open_with_url_and_target(&address, "_blank")),
        None => chosen.click(),
    }
}

fn ask() {
    let Some(typed) = field().map(|field| field.value()) else {
        return;
    };
    let (turn, resting) = with(|state| {
        state.turn += 1;
        state.is_answered = false;
        (state.turn, state.resting.take())
    });
    if let Some(resting) = resting {
        resting.clear();
    }
    spawn_local(async move {
        let html = browser::fetch_text(&format!("/palette?q={}", encode(&typed))).await;
        let is_last = with(|state| state.turn == turn);
        if is_last {
            show(html, &typed);
        }
    });
}

fn show(html: Option<String>, typed: &str) {
    let (Some(body), Some(dialog)) = (by_id::<Element>(BODY), by_id::<Element>(PALETTE)) else {
        return;
    };
    let opens = with(|state| {
        state.is_answered = true;
        std::mem::take(&mut state.opens)
    });
    let Some(html) = html else {
        let words = dialog.get_attribute("data-offline").unwrap_or_default();
        body.set_inner_html(NOTE);
        if let Some(note) = body.first_element_child() {
            note.set_text_content(Some(&words));
        }
        say(&words);
        expand(false);
        return;
    };
    body.set_inner_html(&html);
    let Some(list) = by_id::<Element>(LIST) else {
        return;
    };
    let has_kept = kept::fill(&list, typed.trim());
    leave_out_what_is_not_here(&list);
    for (index, option) in elements(&list, OPTION).iter().enumerate() {
        option.set_id(&format!("palette-{index}"));
    }
    expand(true);
    let is_meant = has_kept || !list.has_attribute("data-unchosen");
    let first = list.query_selector(OPTION).ok().flatten();
    choose(first.filter(|_| is_meant).as_ref());
    say(&list.get_attribute("data-says").unwrap_or_default());
    let is_open = browser::open_dialog().is_some_and(|open| open.id() == PALETTE);
    if let Some(chosen) = chosen().filter(|_| opens && is_open) {
        chosen.click();
    }
}

/// Commands whose button this page does not have, and groups without lines.
fn leave_out_what_is_not_here(list: &Element) {
    for option in elements(list, "[data-press]") {
        let target = option.get_attribute("data-press").unwrap_or_default();
        let is_here = document()
            .query_selector(&target)
            .is_ok_and(|found| found.is_some());
        if !is_here {
            option.remove();
        }
    }
    for group in elements(list, "[role=group]") {
        if group
            .query_selector(OPTION)
            .is_ok_and(|line| line.is_none())
        {
            group.remove();
        }
    }
}

/// Chooses the line so many further down, round the ends.
fn step(by: i32) {
    let Some(list) = by_id::<Element>(LIST) else {
        return;
    };
    let options = elements(&list, OPTION);
    let now = options
        .iter()
        .position(|option| option.get_attribute("aria-selected").as_deref() == Some("true"));
    let count = options.len();
    let next = match (now, by > 0) {
        (None, true) => 0,
        (Some(at), true) => (at + 1) % count,
        (None, false) => count.saturating_sub(1),
        (Some(at), false) => (at + count - 1) % count,
    };
    choose(options.get(next));
}

fn choose(option: Option<&Element>) {
    if let Some(before) = chosen() {
        // It fails only for a name that is none; so below.
        let _ = before.set_attribute("aria-selected", "false");
    }
    let Some(field) = field() else { return };
    let Some(option) = option else {
        let _ = field.remove_attribute("aria-activedescendant");
        return;
    };
    let _ = option.set_attribute("aria-selected", "true");
    let _ = field.set_attribute("aria-activedescendant", &option.id());
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    option.scroll_into_view_with_scroll_into_view_options(&nearest);
}

fn expand(is_expanded: bool) {
    if let Some(field) = field() {
        let _ = field.set_attribute("aria-expanded", if is_expanded { "true" } else { "false" });
        if !is_expanded {
            let _ = field.remove_attribute("aria-activedescendant");
        }
    }
}

/// Reads something out.
pub(super) fn say(words: &str) {
    if let Some(region) = by_id::<Element>(SAYS) {
        region.set_text_content(Some(words));
    }
}

fn field() -> Option<HtmlInputElement> {
    by_id(BOX)
}

fn by_id<T: wasm_bindgen::JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
