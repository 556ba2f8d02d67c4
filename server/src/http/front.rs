//! What is asked for most, answered before anything else is looked at: an order
//! that is in memory.
//!
//! `GET /api/orders/{uid}` and the function `order` cost a look into the map and
//! the writing of the answer. Routing and what surrounds every other route would
//! cost as much again, so this stands in front of them. Whatever it does not
//! know for sure goes on to the router, whose handlers give the same answers.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use app::desk::OrderRecord;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    response::Response,
    routing::future::RouteFuture,
};
use futures::future::Either;
use percent_encoding::percent_decode_str;
use tower::Service;

use super::{
    orders, problem,
    request_log::{REQUEST_ID, RequestNumbers},
    router::COMPRESS_ABOVE,
    standing,
};
use crate::{
    cache::Finder,
    metrics::{HttpMetrics, Lookups},
};

/// Where orders are, for programs.
const ORDERS: &str = "/api/orders/";

/// What stands there and is no order.
const OTHER_ROUTE: &str = "export";

/// Where an order is with how it came, for pages.
const ORDER_FUNCTION: &str = "/api/fn/order";

/// The function's one argument, as the browser writes it.
const UID_ARGUMENT: &str = "uid=";

/// The bytes of a record, at most or so, beside its document; in quotes that takes
/// up to half as many bytes again, and growing step by step costs copies.
const AROUND_DOCUMENT: usize = 512;

/// The router, and in front of it the orders in memory. It is cloned for each
/// request, so there is not much to clone.
#[derive(Clone)]
pub struct Front(Arc<Parts>);

struct Parts {
    router: Router,
    finder: Finder,
    documents: Lookups,
    records: Lookups,
    numbers: RequestNumbers,
}

impl Front {
    pub(super) fn new(
        router: Router,
        finder: Finder,
        metrics: &HttpMetrics,
        numbers: RequestNumbers,
    ) -> Self {
        Self(Arc::new(Parts {
            router,
            finder,
            documents: metrics.lookups("/api/orders/{uid}"),
            records: metrics.lookups(ORDER_FUNCTION),
            numbers,
        }))
    }
}

impl Parts {
    /// The answer, if the request is for one order and memory knows it.
    fn answer(&self, request: &Request) -> Option<Response> {
        if request.method() != Method::GET {
            return None;
        }
        let began = Instant::now();
        let (uri, asked) = (request.uri(), request.headers());
        let (mut response, lookups) = if let Some(uid) = uri.path().strip_prefix(ORDERS) {
            (self.document(uid, asked)?, &self.documents)
        } else if uri.path() == ORDER_FUNCTION {
            (self.record(uri.query()?, asked)?, &self.records)
        } else {
            return None;
        };
        let number = asked.get(REQUEST_ID).cloned();
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, number.unwrap_or_else(|| self.numbers.next()));
        standing::add_to(headers);
        lookups.answered(response.status(), began.elapsed());
        Some(response)
    }

    /// `GET /api/orders/{uid}`.
    fn document(&self, uid: &str, asked: &HeaderMap) -> Option<Response> {
        if uid.is_empty() || uid.contains('/') || uid == OTHER_ROUTE {
            return None;
        }
        let uid = percent_decode_str(uid).decode_utf8().ok()?;
        match self.finder.cached_document(&uid) {
            Some(found) if may_be_compressed(found.document.len(), asked) => None,
            Some(found) => Some(orders::document(found, asked.get(header::IF_NONE_MATCH))),
            None if self.finder.knows_none(&uid) => Some(problem::no_such_order()),
            None => None,
        }
    }

    /// The function `order`, asked by a program: a form's answer is no JSON.
    fn record(&self, arguments: &str, asked: &HeaderMap) -> Option<Response> {
        let uid = arguments.strip_prefix(UID_ARGUMENT)?;
        let accepts = asked.get(header::ACCEPT).map(HeaderValue::to_str);
        let is_form = accepts.is_some_and(|kinds| kinds.is_ok_and(|kinds| kinds.contains("html")));
        if is_form || uid.contains(['&', '+']) {
            return None;
        }
        let uid = percent_decode_str(uid).decode_utf8().ok()?;
        let record = OrderRecord::from(self.finder.cached(&uid)?);
        let mut body = Vec::with_capacity(record.document.len() * 3 / 2 + AROUND_DOCUMENT);
        serde_json::to_writer(&mut body, &record).ok()?;
        if may_be_compressed(body.len(), asked) {
            return None;
        }
        let mut response = Response::new(Body::from(body));
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        Some(response)
    }
}

/// Whether compressing comes into question, which is the router's business.
fn may_be_compressed(bytes: usize, asked: &HeaderMap) -> bool {
    bytes > usize::from(COMPRESS_ABOVE) && asked.contains_key(header::ACCEPT_ENCODING)
}

impl Service<Request> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router always is.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match self.0.answer(&request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.0.router.clone().call(request)),
        }
    }
}
