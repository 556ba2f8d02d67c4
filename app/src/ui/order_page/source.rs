//! A document exactly as it was published.

use maud::{Markup, Render, html};

use crate::ui::{
    components::{Copied, CopyText, ExactText},
    format::json::parts,
    language::{Locale, counted, td_string},
};

/// Documents up to this size are coloured: larger ones would cost the browser
/// more elements than anyone reads.
const MAX_COLOURED_BYTES: usize = 32 * 1024;

/// A document exactly as it was published: not a byte is changed.
pub(super) fn source(document: &str, locale: Locale) -> Markup {
    let size = counted!(locale, count.bytes, document.len());
    let copy = CopyText {
        copied: Copied::TextOf("source"),
        what: td_string!(locale, order.what_document),
        word: Some(td_string!(locale, order.copy)),
        locale,
    };
    html! {
        section class="card no-print split__last" aria-labelledby="raw" {
            div class="card__head" {
                h2 id="raw" { (td_string!(locale, order.as_published)) }
                div class="row" {
                    span class="caption" { (size) }
                    (copy)
                }
            }
            pre class="source" tabindex="0" role="region" aria-label=(td_string!(locale, order.json_as_published)) {
                code id="source" {
                    @if document.len() <= MAX_COLOURED_BYTES {
                        (Coloured(document))
                    } @else {
                        span class="line line--whole" { (ExactText(document)) }
                    }
                }
            }
        }
    }
}

/// The document with an element for each of its parts, of which there are some
/// hundreds.
struct Coloured<'a>(&'a str);

impl Render for Coloured<'_> {
    fn render_to(&self, html: &mut String) {
        html.reserve(self.0.len() * 5);
        for line in self.0.split_inclusive('\n') {
            html.push_str("<span class=\"line\">");
            for (kind, part) in parts(line) {
                match kind.class() {
                    Some(class) => {
                        html.extend(["<span class=\"", class, "\">"]);
                        ExactText(part).render_to(html);
                        html.push_str("</span>");
                    }
                    None => ExactText(part).render_to(html),
                }
            }
            html.push_str("</span>");
        }
    }
}
