//! `/api/docs`: the API, to read.

use leptos::prelude::*;

use crate::{
    docs::{ApiDocs, Group, Operation, Type},
    ui::{
        components::{DocsAnswers, DocsFields, DocsText, DocsWords, PageTitle},
        context::docs_while_rendering,
        language::lang_of_english,
        reader::locale,
    },
};

/// The API, to read.
#[component]
pub fn DocsPage() -> impl IntoView {
    let docs = docs_while_rendering();
    view! {
        <PageTitle text="API · Orderdesk" />
        <div class="shell">
            <main class="page docs" id="main" tabindex="-1" lang=lang_of_english(locale())>{docs.map(whole)}</main>
        </div>
    }
    .into_any()
}

fn whole(docs: &'static ApiDocs) -> impl IntoView {
    view! {
        <header class="title">
            <div>
                <h1>"API"</h1>
                <p class="title__lede">
                    "For programs: "<a href="/api/openapi.json">"this page as OpenAPI 3.1"</a>
                </p>
            </div>
        </header>
        <DocsText text=&docs.text />
        <nav class="docs__contents card" aria-label="Contents">
            {docs.groups.iter().map(contents).collect_view()}
        </nav>
        {docs.groups.iter().map(group).collect_view()}
        <section class="stack" aria-labelledby="types">
            <h2 id="types">"Types"</h2>
            {docs.types.iter().map(described_type).collect_view()}
        </section>
    }
}

fn contents(group: &'static Group) -> impl IntoView {
    let lines = group.operations.iter().map(|operation| {
        view! {
            <li>
                <a href=format!("#{}", operation.id)>{operation.summary.as_str()}</a>
            </li>
        }
    });
    view! {
        <div>
            <p class="strong">{group.name.as_str()}</p>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
}

fn group(group: &'static Group) -> impl IntoView {
    let id = format!("about-{}", group.name.to_lowercase());
    view! {
        <section class="stack" aria-labelledby=id>
            <div class="prose">
                <h2 id=id.clone()>{group.name.as_str()}</h2>
                <DocsText text=std::slice::from_ref(&group.text) />
            </div>
            {group.operations.iter().map(operation).collect_view()}
        </section>
    }
}

fn operation(operation: &'static Operation) -> impl IntoView {
    let parameters = (!operation.parameters.is_empty()).then(|| {
        view! {
            <h4>"Parameters"</h4>
            <DocsFields fields=&operation.parameters />
        }
    });
    let body = (!operation.body.is_empty()).then(|| {
        let bodies = operation.body.iter().map(|body| {
            view! {
                <p>
                    <span class="code">{body.media_type.as_str()}</span>
                    ": "
                    <DocsWords words=&body.kind />
                </p>
            }
        });
        view! {
            <h4>"Body"</h4>
            {bodies.collect_view()}
        }
    });
    view! {
        <article class="card" id=operation.id.as_str() aria-labelledby=heading_id(&operation.id)>
            <div class="card__head">
                <h3 id=heading_id(&operation.id)>{operation.summary.as_str()}</h3>
                <p class="docs__address">
                    <span class="docs__method">{operation.method.as_str()}</span>
                    " "
                    <code>{operation.path.as_str()}</code>
                </p>
            </div>
            <div class="card__body">
                <DocsText text=&operation.text />
                {parameters}
                {body}
                <h4>"Answers"</h4>
                <DocsAnswers answers=&operation.answers />
            </div>
        </article>
    }
}

fn described_type(described: &'static Type) -> impl IntoView {
    let kind = (!described.kind.is_empty()).then(|| {
        view! {
            <p>
                <DocsWords words=&described.kind />
            </p>
        }
    });
    let values = (!described.values.is_empty()).then(|| {
        let values = described.values.iter().map(|(value, text)| {
            view! {
                <div class="docs__row">
                    <dt>
                        <code>{value.as_str()}</code>
                    </dt>
                    <dd>
                        <DocsText text=std::slice::from_ref(text) />
                    </dd>
                </div>
            }
        });
        view! { <dl class="docs__list">{values.collect_view()}</dl> }
    });
    let fields =
        (!described.fields.is_empty()).then(|| view! { <DocsFields fields=&described.fields /> });
    let id = format!("type-{}", described.name);
    view! {
        <article class="card" id=id.clone() aria-labelledby=heading_id(&id)>
            <div class="card__head">
                <h3 id=heading_id(&id)>{described.name.as_str()}</h3>
            </div>
            <div class="card__body">
                <DocsText text=&described.text />
                {kind}
                {values}
                {fields}
            </div>
        </article>
    }
}

fn heading_id(id: &str) -> String {
    format!("{id}-heading")
}
