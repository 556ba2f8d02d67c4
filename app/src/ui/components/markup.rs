//! What a page has dozens of, as HTML: written as text it costs a tenth of what
//! a view of it costs.

use std::borrow::Cow;

/// A picture of the sprite. `name` is the id of a symbol in it.
pub(super) fn icon(name: &str, small: bool) -> String {
    let class = if small { "icon icon--sm" } else { "icon" };
    format!(
        "<svg aria-hidden=\"true\" class=\"{class}\"><use href=\"/icons.svg#{name}\"></use></svg>"
    )
}

/// The text as HTML, to the byte. HTML reads a carriage return as a line feed
/// unless it is written as a character reference (HTML, 13.2.3.5).
pub(super) fn text(text: &str) -> Cow<'_, str> {
    whole_lines(html_escape::encode_text(text))
}

/// The text as the value of an attribute in double quotes, to the byte.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    whole_lines(html_escape::encode_double_quoted_attribute(text))
}

fn whole_lines(html: Cow<'_, str>) -> Cow<'_, str> {
    if html.contains('\r') {
        html.replace('\r', "&#13;").into()
    } else {
        html
    }
}

#[cfg(test)]
mod tests {
    use super::{attribute, text};

    #[test]
    fn nothing_gets_out_of_its_place() {
        let hostile = "\"'><script>&amp;\r\n";
        for html in [text(hostile), attribute(hostile)] {
            assert!(!html.contains(['<', '>', '\r']), "{html}");
        }
        assert!(!attribute(hostile).contains('"'));
        assert_eq!(text("a & b\r"), "a &amp; b&#13;");
    }
}
