//! What is wrong with a search, as a sentence, with the way to mend it.

use leptos::prelude::*;
use orders::search::Problem;

use super::question::Question;
use crate::ui::components::Icon;

/// What is wrong; where it is known what was meant, a link asks that.
#[component]
pub(super) fn Note(
    /// The sentence; what stands between backticks is code.
    mistake: String,
    /// What was asked.
    question: Question,
) -> impl IntoView {
    let mended = mended(&question);
    let words = mistake
        .split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            match &mended {
                Some((meant, address)) if index % 2 == 1 && part == *meant => view! {
                    <a href=address.clone()>
                        <code>{part}</code>
                    </a>
                }
                .into_any(),
                _ if index % 2 == 1 => view! { <code>{part}</code> }.into_any(),
                _ => part.into_any(),
            }
        })
        .collect_view();
    view! {
        <p class="search__note" id="query-note" role="alert">
            <Icon name="error" />
            <span>{words}</span>
        </p>
    }
}

/// The term that was meant, and the address of the search with it.
fn mended(question: &Question) -> Option<(String, String)> {
    let mistake = question.query_mistake()?;
    let Problem::UnknownField {
        meant: Some(meant), ..
    } = mistake.problem
    else {
        return None;
    };
    let typed = &question.typed;
    let rest = &typed[mistake.place.start..];
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let text = format!("{}{meant}{}", &typed[..mistake.place.start], &rest[end..]);
    let address = Question {
        typed: text,
        ..question.from_top()
    }
    .address();
    Some((meant, address))
}

#[cfg(test)]
mod tests {
    use super::{Question, mended};

    #[test]
    fn a_slip_is_mended_by_a_link() {
        let question = Question::of("anna amont:>5 city:x");
        let (meant, address) = mended(&question).unwrap();
        assert_eq!(meant, "amount:>5");
        assert_eq!(address, Question::of("anna amount:>5 city:x").address());
    }
}
