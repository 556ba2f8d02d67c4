//! A rejected message as text and in hexadecimal. What is shown was made
//! harmless, and cut, by the server.

use leptos::prelude::*;

use super::Icon;
use crate::{
    desk::{HexRow, Line, Marked, RejectedView},
    ui::{
        format::printable,
        language::{counted, lang_of_english, td_string},
        reader::locale,
    },
};

/// A rejected message as text and in hexadecimal.
#[component]
pub fn RejectedSource(
    /// The message.
    message: RejectedView,
) -> impl IntoView {
    let locale = locale();
    let size = counted!(locale, count.bytes, message.summary.size_bytes);
    let raw = format!("/api/rejected/{}", message.summary.id);
    let note = printable(&message.summary.detail);
    let lines = message
        .lines
        .into_iter()
        .map(|text| line(text, &note, lang_of_english(locale)))
        .collect_view();
    let rows = message.hex.into_iter().map(row).collect_view();
    let cut = (message.is_text_cut || message.is_hex_cut).then(|| {
        let sentence = match (message.is_text_cut, message.is_hex_cut) {
            (true, _) => td_string!(locale, rejected.part_shown),
            (false, _) => td_string!(locale, rejected.hex_part_shown),
        };
        view! { <div class="card__foot"><p>{sentence}</p></div> }
    });
    view! {
        <section class="card viewer split__last" aria-labelledby="raw">
            <div class="card__head">
                <h2 id="raw">{td_string!(locale, rejected.as_it_came)}</h2>
                <div class="row">
                    <span class="caption">{size}</span>
                    <fieldset class="segmented">
                        <legend class="sr-only">{td_string!(locale, rejected.show_as)}</legend>
                        <label>
                            <input type="radio" name="view" id="view-text" checked />
                            {td_string!(locale, rejected.text)}
                        </label>
                        <label>
                            <input type="radio" name="view" id="view-hex" />
                            {td_string!(locale, rejected.hex)}
                        </label>
                    </fieldset>
                    <a class="button" href=raw download rel="external">
                        <Icon name="download" />
                        {td_string!(locale, rejected.raw)}
                    </a>
                </div>
            </div>
            <pre class="source" tabindex="0" role="region" aria-label=td_string!(locale, rejected.as_text)>
                <code>{lines}</code>
            </pre>
            <pre class="source hex" tabindex="0" role="region" aria-label=td_string!(locale, rejected.as_hex)>
                <code>{rows}</code>
            </pre>
            {cut}
        </section>
    }
    .into_any()
}

fn line(line: Line, note: &str, lang: Option<&'static str>) -> impl IntoView {
    let class = if line.is_bad {
        "line line--bad"
    } else {
        "line"
    };
    let note = line
        .is_bad
        .then(|| view! { <span class="line__note" lang=lang>{note.to_owned()}</span> });
    view! {
        <span class=class data-line=line.number.to_string()>{marked(line.text)}</span>
        {note}
    }
}

fn row(row: HexRow) -> impl IntoView {
    let width = |part: &str| part.chars().count();
    let used = width(&row.bytes.before) + width(&row.bytes.place) + width(&row.bytes.after);
    let gap = " ".repeat(50_usize.saturating_sub(used));
    view! {
        <span class="at">{row.at}</span>
        "  "
        {marked(row.bytes)}
        {(!gap.is_empty()).then_some(gap)}
        {marked(row.ascii)}
        "\n"
    }
}

fn marked(text: Marked) -> AnyView {
    let place = (!text.place.is_empty()).then(|| view! { <span class="place">{text.place}</span> });
    // An empty text would be written as a space, for a script to find it.
    let part = |text: String| (!text.is_empty()).then_some(text);
    view! {
        {part(text.before)}
        {place}
        {part(text.after)}
    }
    .into_any()
}
