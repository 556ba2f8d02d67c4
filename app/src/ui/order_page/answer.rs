//! Answers requests for pages of orders.

use std::{sync::Arc, time::Instant};

use axum::{
    body::Body,
    http::{Request, Response, request::Parts},
};
use leptos::{config::LeptosOptions, prelude::provide_context};

use super::{
    content::content,
    frame::{Audience, Frame, nonce_place, places},
    kept::Frames,
    opened::Opened,
    preview::Preview,
    view::{Shown, Views, Written},
};
use crate::{
    desk::OrderDesk,
    error::Error,
    ui::{desk::Question, format::links, language::td_string, reader::Reader, theme::Theme},
};

/// The pages of orders. Cheap to clone.
#[derive(Clone)]
pub struct OrderPages(Arc<Inner>);

struct Inner {
    desk: Arc<dyn OrderDesk>,
    views: Views,
    frames: Frames,
}

impl OrderPages {
    /// Pages of the orders of `desk`, each rendered in surroundings that
    /// `provide` makes.
    pub fn new(
        desk: Arc<dyn OrderDesk>,
        options: LeptosOptions,
        provide: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            desk,
            views: Views::new(options, provide),
            frames: Frames::default(),
        }))
    }

    /// Answers `GET /orders/{uid}`, and `GET /orders?uid=…` for a uid that no
    /// path can hold.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let reader = Reader::of(&parts);
        let query = parts.uri.query().unwrap_or_default();
        let uid = links::order_uid(parts.uri.path(), query);
        let shown = match self.written(&uid, query, &reader).await {
            Ok(order) => {
                let audience = Audience::of(&reader, requested_theme(&parts));
                let frame = self.frame(audience).await;
                match frame.and_then(|frame| frame.page(&order)) {
                    Some(page) => return page,
                    None => Shown::Order(order),
                }
            }
            Err(error) => Shown::Failed(uid, error),
        };
        let request = Request::from_parts(parts, body);
        self.0
            .views
            .render(request, move || provide_context(shown.clone()))
            .await
    }

    /// The order as it is written into its page.
    async fn written(&self, uid: &str, query: &str, reader: &Reader) -> Result<Written, Error> {
        let parsed = uid.parse().map_err(|_| Error::NotFound)?;
        let list = Question::behind(query);
        let show_all = links::query_value(query, "items").as_deref() == Some("all");
        let opened = Opened::find(&*self.0.desk, &parsed, &list).await?;
        let stored_at = opened.record.stored_at;
        let preview = opened.order.as_ref();
        Ok(Written {
            title: td_string!(reader.locale, order.title, uid),
            preview: preview.map(|order| Preview::of(order, stored_at, reader.locale)),
            content: content(uid, &opened, &list, show_all, reader).into_string(),
        })
    }

    /// The frame for this audience; `None` where the rendered page has not the
    /// places that it should have.
    async fn frame(&self, audience: Audience) -> Option<Arc<Frame>> {
        if let Some(frame) = self.0.frames.fresh(&audience) {
            return Some(frame);
        }
        let since = Instant::now();
        let rendered = self.0.views.render(audience.request(), || {
            provide_context(nonce_place());
            provide_context(Shown::Order(places()));
        });
        let frame = Frame::read(rendered.await).await.map(Arc::new);
        match &frame {
            Some(frame) => self.0.frames.keep(audience, since, Arc::clone(frame)),
            None => leptos::logging::error!("the page of an order has lost a place of its frame"),
        }
        frame
    }
}

/// The theme that a request asks for.
fn requested_theme(request: &Parts) -> Theme {
    let cookies = request.headers.get(axum::http::header::COOKIE);
    cookies
        .and_then(|cookies| cookies.to_str().ok())
        .map_or_else(Theme::default, Theme::from_cookies)
}
