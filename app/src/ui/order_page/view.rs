//! The page of an order as the app's routes know it: what is shown is found
//! before the page is rendered, and told by the context.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Request, Response},
};
use leptos::{config::LeptosOptions, prelude::*, tachys::html::InertElement};
use leptos_meta::Meta;

use super::preview::Preview;
use crate::{
    error::Error,
    ui::{
        components::PageTitle,
        format::links,
        language::td_string,
        pages::{Failure, NotFound, NothingHere},
        reader::locale,
        shell,
    },
};

/// Renders whole pages.
pub(super) struct Views {
    options: LeptosOptions,
    /// Gives a page what it may ask its surroundings for.
    provide: Arc<dyn Fn() + Send + Sync>,
}

impl Views {
    /// Pages in surroundings that `provide` makes.
    pub(super) fn new(options: LeptosOptions, provide: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            options,
            provide: Arc::new(provide),
        }
    }

    /// The page that answers `request`. `tell` gives it what it shows.
    pub(super) async fn render(
        &self,
        request: Request<Body>,
        tell: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response<Body> {
        let (options, provide) = (self.options.clone(), Arc::clone(&self.provide));
        let render = leptos_axum::render_app_async_with_context(
            move || {
                provide();
                tell();
            },
            move || shell(options.clone()),
        );
        render(request).await
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    /// An order.
    Order(Written),
    /// The order with this uid could not be found.
    Failed(String, Error),
}

/// An order as it is written into its page.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The title of the page.
    pub(super) title: String,
    /// What others show of it; nothing where the document cannot be read.
    pub(super) preview: Option<Preview>,
    /// HTML.
    pub(super) content: String,
}

/// The page of an order.
#[component]
pub(in crate::ui) fn OrderPage() -> impl IntoView {
    let page = match use_context::<Shown>() {
        Some(Shown::Order(order)) => view! { <WrittenOrder order /> }.into_any(),
        Some(Shown::Failed(uid, error)) if !uid.is_empty() => {
            narrow(view! { <NotFoundOrFailed uid error /> }).into_any()
        }
        _ => narrow(view! { <NothingHere /> }).into_any(),
    };
    view! { <div class="shell">{page}</div> }.into_any()
}

/// An order that is there.
#[component]
fn WrittenOrder(order: Written) -> impl IntoView {
    let preview = order.preview.map(|Preview { title, description }| {
        view! {
            <Meta name="description" content=description.clone() />
            <Meta property="og:site_name" content="Orderdesk" />
            <Meta property="og:type" content="website" />
            <Meta property="og:title" content=title />
            <Meta property="og:description" content=description />
        }
    });
    view! {
        <PageTitle text=order.title />
        {preview}
        {InertElement::new(order.content)}
    }
}

/// Why there is none to show.
#[component]
fn NotFoundOrFailed(uid: String, error: Error) -> impl IntoView {
    match error {
        Error::NotFound | Error::Invalid { .. } => view! { <NotFound uid /> }.into_any(),
        error => view! {
            <Failure
                error
                sentence=td_string!(locale(), failures.order_unknown)
                again=links::order_page(&uid)
            />
        }
        .into_any(),
    }
}

fn narrow(content: impl IntoView) -> impl IntoView {
    view! {
        <main class="page page--narrow" id="main" tabindex="-1">
            {content}
        </main>
    }
}
