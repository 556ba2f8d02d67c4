//! The way to the next page of a list.

use leptos::prelude::*;
use orders::Cursor;

use super::{heading::Heading, question::Question};
use crate::{
    desk::DEFAULT_PAGE,
    ui::{format::number::grouped, language::td_string, reader::locale},
};

/// The way to the rows that follow, and back to the top; nothing for a list
/// that is whole.
#[component]
pub(super) fn Pager(
    /// What was asked.
    question: Question,
    /// Where the next page starts.
    next: Option<Cursor>,
    /// How much there is.
    heading: Heading,
    /// Rows that the browser shows above these already.
    above: usize,
    /// Whether the top of the list is on another page.
    is_further_down: bool,
) -> impl IntoView {
    let locale = locale();
    let shown_rows = heading.shown + above;
    let is_whole = next.is_none() && !is_further_down;
    let top = is_further_down.then(|| {
        view! {
            <a class="button" href=question.from_top().address()>
                {td_string!(locale, desk.to_top)}
            </a>
        }
    });
    let next = next.map(|cursor| {
        let below = Question {
            cursor: cursor.to_string(),
            ..question.clone()
        };
        // The browser loads it: a list of another page has an address.
        view! {
            <a class="button" rel="next" href=below.address()>
                {td_string!(locale, common.next, number = DEFAULT_PAGE)}
            </a>
        }
    });
    let shown = if is_further_down {
        td_string!(locale, desk.shown, number = grouped(locale, shown_rows))
    } else {
        let more = if heading.found.is_exact { "" } else { "+" };
        let all = heading.found.orders.max(shown_rows as u64);
        td_string!(
            locale,
            common.shown_of,
            number = grouped(locale, shown_rows),
            all = format!("{}{more}", grouped(locale, all))
        )
    };
    (!is_whole).then(|| {
        view! {
            <nav class="more" aria-label=td_string!(locale, common.pages)>
                {top}
                {next}
                <span class="caption">{shown}</span>
            </nav>
        }
    })
}
