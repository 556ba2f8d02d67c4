//! The settings menu: the theme, and the way to what explains.
//!
//! The style sheet follows the chosen radio button at once, without a script.
//! A script keeps the choice in a cookie; without one, a button sends the form
//! and the server does.

use leptos::prelude::*;

use crate::ui::{components::Icon, live::browser, theme::Theme};

/// The settings menu.
#[island]
pub fn Settings(
    /// The theme that was chosen.
    theme: Theme,
    /// What else stands in the menu; the server renders it.
    children: Children,
) -> impl IntoView {
    let chosen = theme;
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

    view! {
        <details class="menu">
            <summary class="icon-button icon-button--bare" aria-label="Settings">
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
                {children()}
            </form>
        </details>
    }
}

fn keep(theme: Theme) {
    browser::set_cookie(&theme.cookie());
    browser::set_root_attribute("data-theme", theme.attribute());
}
