//! The languages, in the settings menu: a plain form. Its answer is the same
//! page in the chosen language, so it needs no script.

use leptos::prelude::*;

use crate::ui::{
    components::Icon,
    language::{self, td_string},
    reader::locale,
};

/// A button for each language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let current = locale();
    let buttons = language::ALL.map(|locale| {
        let is_current = locale == current;
        view! {
            <button
                class="menu__item"
                type="submit"
                name="language"
                value=language::tag(locale)
                lang=language::tag(locale)
                aria-current=is_current.then_some("true")
            >
                {language::own_name(locale)}
                {is_current
                    .then(|| view! { <span class="push"><Icon name="check" /></span> })}
            </button>
        }
    });
    view! {
        <form method="post" action="/api/fn/language">
            <fieldset class="menu__group">
                <legend class="menu__title">{td_string!(current, layout.language)}</legend>
                {buttons.collect_view()}
            </fieldset>
        </form>
    }
    .into_any()
}
