//! One line of the palette's list: a link, or a button that presses another.

use std::ops::Range;

use leptos::{either::Either, prelude::*};
use orders::search::fold;

use crate::ui::{components::Icon, language::td_string, reader::locale};

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Leads to this address.
    Go(String),
    /// Presses the element of the page that this selector names; on pages
    /// without one the line is left out.
    Press(&'static str),
    /// Copies the address of the page.
    CopyAddress,
}

/// One line.
pub(super) struct Line {
    pub(super) icon: &'static str,
    pub(super) act: Act,
    pub(super) label: AnyView,
    /// What stands at its end.
    pub(super) caption: Option<String>,
    /// The key that does the same.
    pub(super) key: Option<&'static str>,
}

impl Line {
    pub(super) fn new(icon: &'static str, act: Act, label: AnyView) -> Self {
        Self {
            icon,
            act,
            label,
            caption: None,
            key: None,
        }
    }

    fn render(self) -> AnyView {
        let inside = view! {
            <Icon name=self.icon />
            <span class="clip">{self.label}</span>
            <span class="caption">{self.caption}</span>
            {self.key.map(|key| view! { <kbd>{key}</kbd> })}
        };
        match self.act {
            Act::Go(address) => view! {
                <a class="option" role="option" aria-selected="false" tabindex="-1" href=address>
                    {inside}
                </a>
            }
            .into_any(),
            Act::Press(selector) => view! {
                <button
                    class="option"
                    type="button"
                    role="option"
                    aria-selected="false"
                    tabindex="-1"
                    data-press=selector
                >
                    {inside}
                </button>
            }
            .into_any(),
            Act::CopyAddress => view! {
                <button
                    class="option"
                    type="button"
                    role="option"
                    aria-selected="false"
                    tabindex="-1"
                    data-copy-here=td_string!(locale(), layout.copied)
                >
                    {inside}
                </button>
            }
            .into_any(),
        }
    }
}

/// Lines under a title; nothing where there are none.
pub(super) fn group(id: &'static str, title: &'static str, lines: Vec<Line>) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = lines.into_iter().map(Line::render).collect();
    Some(frame(id, title, None, lines))
}

/// A group that the browser fills with what it keeps under this name, after the
/// one line that it copies.
pub(super) fn kept(id: &'static str, title: &'static str, icon: &'static str) -> AnyView {
    let line = Line::new(icon, Act::Go(String::new()), ().into_any());
    frame(id, title, Some(id), vec![line.render()])
}

fn frame(
    id: &'static str,
    title: &'static str,
    kept: Option<&'static str>,
    lines: Vec<AnyView>,
) -> AnyView {
    let id = format!("palette-{id}");
    let named_by = id.clone();
    view! {
        <div role="group" aria-labelledby=named_by data-kept=kept>
            <div class="listbox__title" id=id role="presentation">
                {title}
            </div>
            {lines}
        </div>
    }
    .into_any()
}

/// Where in `label` stands what was typed, whatever the case; `None` where it
/// does not.
pub(super) fn place_of(label: &str, typed: &str) -> Option<Range<usize>> {
    let folded = fold(label);
    let typed = fold(typed);
    let start = folded.find(&typed).filter(|_| !typed.is_empty())?;
    Some(start..start + typed.len())
}

/// `label` with what was typed marked.
pub(super) fn with_mark(label: &str, typed: &str) -> AnyView {
    // Labels whose folded form is of another length are shown without a mark.
    let place = place_of(label, typed).filter(|_| fold(label).len() == label.len());
    let parts = place.and_then(|place| {
        Some((
            label.get(..place.start)?,
            label.get(place.clone())?,
            label.get(place.end..)?,
        ))
    });
    match parts {
        Some((before, part, after)) => Either::Left((
            before.to_owned(),
            view! { <mark>{part.to_owned()}</mark> },
            after.to_owned(),
        )),
        None => Either::Right(label.to_owned()),
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn what_was_typed_is_found_whatever_the_case() {
        assert_eq!(place_of("Rejected messages", "MESS"), Some(9..13));
        assert_eq!(place_of("Status", "  sta "), Some(0..3));
        assert_eq!(place_of("Status", "x"), None);
        assert_eq!(place_of("Status", " "), None);
    }
}
