//! Parts of the page about the API.

use leptos::prelude::*;

use crate::docs::{Answer, Content, Field, Word};

/// Paragraphs; what stands between backticks is code.
#[component]
pub fn DocsText(text: &'static [String]) -> impl IntoView {
    text.iter()
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let parts = paragraph.split('`').enumerate().map(|(index, part)| {
                if index % 2 == 1 {
                    view! { <code>{part}</code> }.into_any()
                } else {
                    part.into_any()
                }
            });
            view! { <p>{parts.collect_view()}</p> }
        })
        .collect_view()
}

/// What something is, with links to the types.
#[component]
pub fn DocsWords(words: &'static [Word]) -> impl IntoView {
    words
        .iter()
        .enumerate()
        .map(|(index, word)| {
            let space = if index > 0 { " " } else { "" };
            let word = match word {
                Word::Plain(word) => word.as_str().into_any(),
                Word::Type(name) => {
                    view! { <a href=format!("#type-{name}")>{name.as_str()}</a> }.into_any()
                }
            };
            view! {
                {space}
                {word}
            }
        })
        .collect_view()
}

/// Parameters, headers or fields, each with what it is.
#[component]
pub fn DocsFields(fields: &'static [Field]) -> impl IntoView {
    let rows = fields.iter().map(|field| {
        let place = (!field.place.is_empty()).then(|| format!("{}, ", field.place));
        let required = field.is_required.then_some(", always there");
        let required = if field.place.is_empty() {
            required
        } else {
            required.map(|_| ", required")
        };
        view! {
            <div class="docs__row">
                <dt>
                    <code>{field.name.as_str()}</code>
                </dt>
                <dd>
                    <p class="quiet">{place} <DocsWords words=&field.kind /> {required}</p>
                    <DocsText text=std::slice::from_ref(&field.text) />
                </dd>
            </div>
        }
    });
    view! { <dl class="docs__list">{rows.collect_view()}</dl> }
}

/// What is answered, by status.
#[component]
pub fn DocsAnswers(answers: &'static [Answer]) -> impl IntoView {
    let rows = answers.iter().map(|answer| {
        let headers =
            (!answer.headers.is_empty()).then(|| view! { <DocsFields fields=&answer.headers /> });
        view! {
            <div class="docs__row">
                <dt>
                    <code>{answer.status.as_str()}</code>
                </dt>
                <dd>
                    <DocsText text=std::slice::from_ref(&answer.text) />
                    {answer.contents.iter().map(body).collect_view()}
                    {headers}
                </dd>
            </div>
        }
    });
    view! { <dl class="docs__list">{rows.collect_view()}</dl> }
}

fn body(content: &'static Content) -> impl IntoView {
    view! {
        <p class="quiet">
            <span class="code">{content.media_type.as_str()}</span>
            ": "
            <DocsWords words=&content.kind />
        </p>
    }
}
