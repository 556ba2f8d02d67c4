//! The settings menu: the theme.
//!
//! The style sheet follows the chosen radio button at once, without a script.
//! A script keeps the choice in a cookie; without one, a button sends the form
//! and the server does.

use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

use crate::ui::{components::Icon, live::browser, theme, theme::Theme};

/// The settings menu.
#[component]
pub fn Settings() -> impl IntoView {
    let chosen = SharedValue::new(theme::requested).into_inner();
    let options = Theme::ALL.map(|theme| {
        view! {
            <label class="menu__item">
                <input
                    type="radio"
                    name="theme"
                    value=theme.name()
                    id=format!("theme-{}", theme.name())
                    checked=theme == chosen
                    on:change=move |_| keep(theme)
                />
                {theme.label()}
            </label>
        }
    });
    let menu = NodeRef::<leptos::html::Details>::new();
    let summary = NodeRef::<leptos::html::Summary>::new();
    close_on_escape_and_outside(menu, summary);

    view! {
        <details class="menu" node_ref=menu>
            <summary
                class="icon-button icon-button--bare"
                aria-label="Settings"
                node_ref=summary
            >
                <Icon name="sliders" />
            </summary>
            <form class="menu__panel" method="post" action="/api/fn/theme">
                <fieldset class="menu__group">
                    <legend class="menu__title">"Theme"</legend>
                    {options.collect_view()}
                </fieldset>
                <button class="button script-none" type="submit">
                    "Keep this theme"
                </button>
            </form>
        </details>
    }
    .into_any()
}

fn keep(theme: Theme) {
    browser::set_cookie(&theme.cookie());
    browser::set_root_attribute("data-theme", theme.attribute());
}

/// Esc closes the menu and gives the focus back; a press outside closes it.
fn close_on_escape_and_outside(
    menu: NodeRef<leptos::html::Details>,
    summary: NodeRef<leptos::html::Summary>,
) {
    Effect::new(move |_| {
        let on_key = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() != "Escape" {
                return;
            }
            if let Some(menu) = menu.get_untracked().filter(HtmlDetailsElement::open) {
                menu.set_open(false);
                if let Some(summary) = summary.get_untracked() {
                    // It fails only for an element that cannot take the focus.
                    let _ = summary.focus();
                }
            }
        });
        let on_press = window_event_listener(leptos::ev::pointerdown, move |event| {
            if let Some(menu) = menu.get_untracked().filter(HtmlDetailsElement::open) {
                let target = event_target::<web_sys::Node>(&event);
                if !menu.contains(Some(&target)) {
                    menu.set_open(false);
                }
            }
        });
        on_cleanup(move || {
            on_key.remove();
            on_press.remove();
        });
    });
}
