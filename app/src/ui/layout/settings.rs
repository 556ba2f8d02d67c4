//! The settings menu: the theme, and what else is put into it.
//!
//! A script shows the choice at once and keeps it in a cookie. Without one, the
//! style sheet follows the chosen radio button, and a button sends the form for
//! the server to keep it.

use leptos::prelude::*;

use crate::ui::{
    components::Icon, language::td_string, live::browser, reader::locale, theme::Theme,
};

/// The settings menu.
#[island]
pub fn Settings(
    /// The theme that was chosen.
    theme: Theme,
    /// What stands below the theme.
    children: Children,
) -> impl IntoView {
    let locale = locale();
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
                {theme.label(locale)}
            </label>
        }
    });

    view! {
        <details class="menu">
            <summary class="icon-button icon-button--bare" aria-label=td_string!(locale, layout.settings)>
                <Icon name="sliders" />
            </summary>
            <div class="menu__panel">
                <form class="menu__form" method="post" action="/api/fn/theme" autocomplete="off">
                    <fieldset class="menu__group">
                        <legend class="menu__title">{td_string!(locale, layout.theme)}</legend>
                        {options.collect_view()}
                    </fieldset>
                    <button class="button script-none" type="submit">
                        {td_string!(locale, layout.keep_theme)}
                    </button>
                </form>
                {children()}
            </div>
        </details>
    }
}

fn keep(theme: Theme) {
    browser::set_cookie(&theme.cookie());
    browser::set_root_attribute("data-theme", theme.attribute());
}
