//! A document exactly as it was published.

use leptos::prelude::*;

use super::CopyButton;
use crate::ui::{
    format::json::{Kind, parts},
    language::{counted, td_string},
    reader::locale,
};

/// Documents up to this size are coloured: larger ones would cost the browser
/// more elements than anyone reads.
const MAX_COLOURED_BYTES: usize = 32 * 1024;

/// A document exactly as it was published: not a byte is changed.
#[component]
pub fn SourceBlock(
    /// The document.
    document: String,
) -> impl IntoView {
    let locale = locale();
    let size = counted!(locale, count.bytes, document.len());
    let code = if document.len() <= MAX_COLOURED_BYTES {
        document
            .split_inclusive('\n')
            .map(|line| {
                let parts = parts(line)
                    .into_iter()
                    .map(|(kind, part)| coloured(kind, part))
                    .collect_view();
                view! { <span class="line">{parts}</span> }
            })
            .collect_view()
            .into_any()
    } else {
        view! { <span class="line line--whole">{verbatim(&document)}</span> }.into_any()
    };

    view! {
        <section class="card no-print split__last" aria-labelledby="raw">
            <div class="card__head">
                <h2 id="raw">{td_string!(locale, order.as_published)}</h2>
                <div class="row">
                    <span class="caption">{size}</span>
                    <CopyButton
                        text_of="source"
                        what=td_string!(locale, order.what_document)
                        word=td_string!(locale, order.copy)
                    />
                </div>
            </div>
            <pre class="source" tabindex="0" role="region" aria-label=td_string!(locale, order.json_as_published)>
                <code id="source">{code}</code>
            </pre>
        </section>
    }
    .into_any()
}

fn coloured(kind: Kind, part: &str) -> AnyView {
    let text = verbatim(part);
    match kind.class() {
        Some(class) => view! { <span class=class>{text}</span> }.into_any(),
        None => text,
    }
}

/// The text, to the byte. HTML reads a carriage return as a line feed unless
/// it is written as a character reference (HTML, 13.2.3.5).
fn verbatim(text: &str) -> AnyView {
    if text.contains('\r') {
        let html = html_escape::encode_text(text).replace('\r', "&#13;");
        view! { <span inner_html=html></span> }.into_any()
    } else {
        text.to_owned().into_any()
    }
}
