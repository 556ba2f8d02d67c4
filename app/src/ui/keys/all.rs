//! Every key, to read: the list on its page, and the dialog that shows it
//! elsewhere.

use leptos::prelude::*;

use super::{HELP, KEYS};
use crate::ui::{
    components::Icon,
    language::{Locale, td_string},
    reader::locale,
};

/// Keys that do one thing: alternatives, each pressed one after another or
/// together; and what they do.
type Key = (&'static [&'static [&'static str]], &'static str);

/// Stands for Ctrl, or for ⌘ where that is it.
const COMMAND: &str = "Ctrl";

/// A line of the list.
fn does(keys: &'static [&'static [&'static str]], what: &'static str) -> Key {
    (keys, what)
}

fn everywhere(locale: Locale) -> Vec<Key> {
    vec![
        does(&[&[COMMAND, "K"]], td_string!(locale, keys.go_to)),
        does(&[&["/"]], td_string!(locale, keys.search)),
        does(&[&["?"]], td_string!(locale, keys.help)),
        does(&[&["g", "o"]], td_string!(locale, keys.orders)),
        does(&[&["g", "r"]], td_string!(locale, keys.rejected)),
        does(&[&["g", "s"]], td_string!(locale, keys.status)),
        does(&[&["Esc"]], td_string!(locale, keys.escape)),
    ]
}

fn in_lists(locale: Locale) -> Vec<Key> {
    vec![
        does(&[&["j"]], td_string!(locale, keys.next_row)),
        does(&[&["k"]], td_string!(locale, keys.previous_row)),
        does(&[&["g", "g"]], td_string!(locale, keys.first_row)),
        does(&[&["G"]], td_string!(locale, keys.last_row)),
        does(&[&["Enter"]], td_string!(locale, keys.open_row)),
        does(&[&["p"]], td_string!(locale, keys.pause)),
    ]
}

fn at_an_order(locale: Locale) -> Vec<Key> {
    vec![
        does(&[&["["]], td_string!(locale, keys.previous_order)),
        does(&[&["]"]], td_string!(locale, keys.next_order)),
    ]
}

fn while_typing(locale: Locale) -> Vec<Key> {
    vec![
        does(&[&["↑"], &["↓"]], td_string!(locale, keys.choose)),
        does(&[&["Enter"]], td_string!(locale, keys.take)),
        does(&[&["Tab"]], td_string!(locale, keys.take_by_tab)),
        does(&[&[COMMAND, "Enter"]], td_string!(locale, keys.new_tab)),
    ]
}

/// The list of keys.
#[component]
pub fn AllKeys() -> impl IntoView {
    let locale = locale();
    let groups = [
        (td_string!(locale, keys.everywhere), everywhere(locale)),
        (td_string!(locale, keys.in_lists), in_lists(locale)),
        (td_string!(locale, keys.at_an_order), at_an_order(locale)),
        (td_string!(locale, keys.while_typing), while_typing(locale)),
    ];
    let groups = groups.map(|(title, keys)| {
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
                    {td_string!(locale, keys.single)} " "
                    <span class="quiet">
                        {td_string!(locale, keys.single_off, command = command_key())}
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
    let locale = locale();
    view! {
        <dialog
            class="help"
            id=HELP
            aria-labelledby="help-title"
            data-offline=td_string!(locale, palette.offline)
        >
            <div class="help__head">
                <h2 id="help-title">{td_string!(locale, keys.title)}</h2>
                <button
                    class="icon-button icon-button--bare"
                    type="button"
                    aria-label=td_string!(locale, palette.close)
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
