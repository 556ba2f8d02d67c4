//! What lies under the search box: terms are tinted, mistakes underlined.

use std::ops::Range;

use leptos::{html, prelude::*};
use maud::{Markup, html};
use orders::search::{Condition, Parsed};

use crate::ui::format::printable;

/// A part of what was typed, and how it is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stroke {
    text: String,
    class: Option<&'static str>,
}

/// The text of the box, painted. It has to hold the same text, and scroll with
/// the box.
#[component]
pub(super) fn QueryPaint(
    /// What stands in the box.
    typed: RwSignal<String>,
    /// So that the box can scroll it.
    node: NodeRef<html::Div>,
) -> impl IntoView {
    let painted = move || typed.with(|typed| painted(typed).into_string());
    view! {
        <div class="query__paint" aria-hidden="true" node_ref=node inner_html=painted></div>
    }
}

/// What was typed, with its terms and mistakes marked.
pub(super) fn painted(typed: &str) -> Markup {
    html! {
        @for stroke in strokes(typed) {
            @match stroke.class {
                Some(class) => span class=(class) { (stroke.text) },
                None => (stroke.text),
            }
        }
    }
}

fn strokes(typed: &str) -> Vec<Stroke> {
    let parsed = Parsed::of(typed);
    let terms = parsed
        .terms
        .into_iter()
        .filter(|(_, term)| !matches!(term.condition, Condition::Word(_)))
        .map(|(place, _)| (place, "is-term"));
    let mistakes = parsed
        .mistakes
        .into_iter()
        .map(|mistake| (mistake.place, "is-wrong"));
    let mut places: Vec<(Range<usize>, &'static str)> = terms.chain(mistakes).collect();
    places.sort_by_key(|(place, _)| place.start);
    let mut strokes = Vec::new();
    let mut at = 0;
    let mut push = |range: Range<usize>, class| {
        let text = typed.get(range).unwrap_or_default();
        if !text.is_empty() {
            strokes.push(Stroke {
                text: printable(text),
                class,
            });
        }
    };
    for (place, class) in places {
        if place.start >= at {
            push(at..place.start, None);
            at = place.end;
            push(place, Some(class));
        }
    }
    push(at..typed.len(), None);
    strokes
}

#[cfg(test)]
mod tests {
    use super::{painted, strokes};

    #[test]
    fn what_is_typed_is_text() {
        let html = painted("<b> city:\"<i>\"").into_string();
        assert_eq!(
            html,
            "&lt;b&gt; <span class=\"is-term\">city:&quot;&lt;i&gt;&quot;</span>"
        );
    }

    #[test]
    fn the_paint_holds_the_same_text() {
        for typed in [
            "",
            "anna",
            "anna city:Moscow  amont:5 ",
            "city:\"New",
            "a\0b",
        ] {
            let whole: String = strokes(typed)
                .into_iter()
                .map(|stroke| stroke.text)
                .collect();
            assert_eq!(whole, crate::ui::format::printable(typed));
        }
        let classes: Vec<_> = strokes("anna city:Moscow amont:5")
            .into_iter()
            .map(|stroke| (stroke.text, stroke.class))
            .collect();
        assert_eq!(
            classes,
            [
                ("anna ".to_owned(), None),
                ("city:Moscow".to_owned(), Some("is-term")),
                (" ".to_owned(), None),
                ("amont".to_owned(), Some("is-wrong")),
                (":5".to_owned(), None),
            ]
        );
    }
}
