//! A document exactly as it was published.

use leptos::prelude::*;

use super::{CopyButton, markup};
use crate::ui::{
    format::json::parts,
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
        coloured(&document)
    } else {
        format!(
            "<span class=\"line line--whole\">{}</span>",
            markup::text(&document)
        )
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
                <code id="source" inner_html=code></code>
            </pre>
        </section>
    }
    .into_any()
}

/// The document as HTML: a page has some hundred parts of it, and a view for
/// each would cost more than all the rest of the page.
fn coloured(document: &str) -> String {
    let mut html = String::with_capacity(document.len() * 4);
    for line in document.split_inclusive('\n') {
        html.push_str("<span class=\"line\">");
        for (kind, part) in parts(line) {
            match kind.class() {
                Some(class) => {
                    html.extend([
                        "<span class=\"",
                        class,
                        "\">",
                        &markup::text(part),
                        "</span>",
                    ]);
                }
                None => html.push_str(&markup::text(part)),
            }
        }
        html.push_str("</span>");
    }
    html
}
