//! Every key, to read: the list on its page, and the dialog that shows it
//! elsewhere.

use leptos::prelude::*;

use super::{HELP, KEYS};
use crate::ui::components::Icon;

/// Keys that do one thing: alternatives, each pressed one after another or
/// together; and what they do.
type Key = (&'static [&'static [&'static str]], &'static str);

/// Stands for Ctrl, or for ⌘ where that is it.
const COMMAND: &str = "Ctrl";

const EVERYWHERE: &[Key] = &[
    (
        &[&[COMMAND, "K"]],
        "Go to anything: an order, a filter, a page, a command",
    ),
    (
        &[&["/"]],
        "To the search box; where there is none, go to anything",
    ),
    (&[&["?"]], "All keys"),
    (&[&["g", "o"]], "To the orders"),
    (&[&["g", "r"]], "To the rejected messages"),
    (&[&["g", "s"]], "To the status"),
    (
        &[&["Esc"]],
        "Close what is open, or leave the rows or the box",
    ),
];

const IN_LISTS: &[Key] = &[
    (&[&["j"]], "Next row"),
    (&[&["k"]], "Previous row"),
    (&[&["g", "g"]], "First row"),
    (&[&["G"]], "Last row"),
    (&[&["Enter"]], "Open the row"),
    (&[&["p"]], "Pause the stream, or let it go on"),
];

const AT_AN_ORDER: &[Key] = &[
    (&[&["["]], "Previous order of the list"),
    (&[&["]"]], "Next order of the list"),
];

const WHILE_TYPING: &[Key] = &[
    (&[&["↑"], &["↓"]], "Choose what is offered"),
    (
        &[&["Enter"]],
        "Take it; otherwise search, or open the order whose number it is",
    ),
    (&[&["Tab"]], "Take it, in the search box"),
    (
        &[&[COMMAND, "Enter"]],
        "Open it in a new tab, when going to anything",
    ),
];

const GROUPS: [(&str, &[Key]); 4] = [
    ("Everywhere", EVERYWHERE),
    ("In a list", IN_LISTS),
    ("At an order", AT_AN_ORDER),
    ("While typing", WHILE_TYPING),
];

/// The list of keys.
#[component]
pub fn AllKeys() -> impl IntoView {
    let groups = GROUPS.map(|(title, keys)| {
        view! {
            <section>
                <h2>{title}</h2>
                <dl>{keys.iter().map(key).collect_view()}</dl>
            </section>
        }
    });
    view! {
        <div class="keys" id=KEYS>
            <div class="keys__groups">{groups.collect_view()}</div>
            <label class="keys__switch script-only">
                <input type="checkbox" checked data-single-keys="" />
                <span>
                    "Single keys act. "
                    <span class="quiet">
                        "Switched off, only Enter, Esc, the arrows and keys with " {command_key()}
                        " do."
                    </span>
                </span>
            </label>
        </div>
    }
    .into_any()
}

fn key((alternatives, what): &Key) -> impl IntoView + use<> {
    let alternatives = alternatives.iter().map(|keys| {
        let keys = keys.iter().map(|&key| {
            let key = if key == COMMAND { command_key() } else { key };
            view! { <kbd>{key}</kbd> }
        });
        keys.collect_view()
    });
    view! {
        <div class="keys__row">
            <dt>{alternatives.collect_view()}</dt>
            <dd>{*what}</dd>
        </div>
    }
}

/// The dialog that shows the list on other pages: closed and empty.
#[component]
pub fn Help() -> impl IntoView {
    view! {
        <dialog
            class="help"
            id=HELP
            aria-labelledby="help-title"
            data-offline="The server does not answer. Try again in a moment."
        >
            <div class="help__head">
                <h2 id="help-title">"Keyboard shortcuts"</h2>
                <button
                    class="icon-button icon-button--bare"
                    type="button"
                    aria-label="Close"
                    data-close=""
                >
                    <Icon name="x" />
                </button>
            </div>
            <div class="keys" data-keys=""></div>
        </dialog>
    }
    .into_any()
}

/// The key that commands are given with: `⌘` on Apple's keyboards, `Ctrl`
/// elsewhere.
pub fn command_key() -> &'static str {
    let is_apple = use_context::<http::request::Parts>().is_some_and(|request| {
        let agent = request.headers.get(http::header::USER_AGENT);
        agent
            .and_then(|agent| agent.to_str().ok())
            .is_some_and(|agent| agent.contains("Mac OS X"))
    });
    if is_apple { "⌘" } else { COMMAND }
}
