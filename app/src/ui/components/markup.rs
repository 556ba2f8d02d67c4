//! HTML as text: what a page has dozens of, written so that it costs a tenth of
//! what views of it cost.
//!
//! Templates are [`maud`]'s, which escapes whatever it is given; only what is
//! [`Render`] writes HTML by itself, and that is the parts here.

use maud::Render;

/// A picture of the sprite.
pub struct Picture {
    /// The id of a symbol in it.
    pub name: &'static str,
    /// Smaller, for lines of small text.
    pub small: bool,
}

/// A picture of the usual size.
pub const fn picture(name: &'static str) -> Picture {
    Picture { name, small: false }
}

impl Render for Picture {
    fn render_to(&self, html: &mut String) {
        let class = if self.small { "icon icon--sm" } else { "icon" };
        html.extend([
            "<svg aria-hidden=\"true\" class=\"",
            class,
            "\"><use href=\"/icons.svg#",
            self.name,
            "\"></use></svg>",
        ]);
    }
}

/// A text or the value of an attribute, to the byte: HTML reads a carriage
/// return as a line feed unless it is written as a character reference (HTML,
/// 13.2.3.5).
pub struct Exact<'a>(pub(in crate::ui) &'a str);

impl Render for Exact<'_> {
    fn render_to(&self, html: &mut String) {
        push_escaped(html, self.0, |byte| match byte {
            b'"' => Some("&quot;"),
            byte => in_text(byte),
        });
    }
}

/// A text, but no value of an attribute, to the byte: quotation marks stay,
/// of which a JSON document has hundreds.
pub struct ExactText<'a>(pub(in crate::ui) &'a str);

impl Render for ExactText<'_> {
    fn render_to(&self, html: &mut String) {
        push_escaped(html, self.0, in_text);
    }
}

const fn in_text(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        _ => None,
    }
}

/// Adds `text` with a reference for each byte that has one. Such bytes are
/// ASCII, so the text is cut between characters.
fn push_escaped(html: &mut String, text: &str, reference: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(reference) = reference(byte) {
            html.push_str(&text[from..at]);
            html.push_str(reference);
            from = at + 1;
        }
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Exact, ExactText};

    #[test]
    fn nothing_gets_out_of_its_place() {
        let hostile = "\"'><script>&amp;\r\nж";
        let exact = html! { (Exact(hostile)) }.into_string();
        let text = html! { (ExactText(hostile)) }.into_string();
        for html in [&exact, &text] {
            assert!(!html.contains(['<', '>', '\r']), "{html}");
            assert!(html.ends_with("&amp;amp;&#13;\nж"), "{html}");
        }
        assert!(!exact.contains('"'));
        assert!(text.starts_with("\"'&gt;&lt;script&gt;"));
        let attribute = html! { i title=(Exact(hostile)) {} }.into_string();
        assert_eq!(attribute, format!("<i title=\"{exact}\"></i>"));
    }
}
