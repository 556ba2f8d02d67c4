//! What is asked for most, answered before anything else is looked at: an order
//! that is in memory.
//!
//! `GET /api/orders/{uid}` costs a look into the map and the writing of the
//! answer. Routing and what surrounds every other route would cost as much
//! again, so this stands in front of them. Whatever it does not know for sure
//! goes on to the router, whose handler gives the same answers.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, header},
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
use crate::{cache::Finder, metrics::Lookups};

/// Where orders are, for programs.
const ORDERS: &str = "/api/orders/";

/// What stands there and is no order.
const OTHER_ROUTE: &str = "export";

/// The router, and in front of it the orders in memory. It is cloned for each
/// request, so there is not much to clone.
#[derive(Clone)]
pub struct Front(Arc<Parts>);

struct Parts {
    router: Router,
    finder: Finder,
    lookups: Lookups,
    numbers: RequestNumbers,
}

impl Front {
    pub(super) fn new(
        router: Router,
        finder: Finder,
        lookups: Lookups,
        numbers: RequestNumbers,
    ) -> Self {
        Self(Arc::new(Parts {
            router,
            finder,
            lookups,
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
        let uid = request.uri().path().strip_prefix(ORDERS)?;
        if uid.is_empty() || uid.contains('/') || uid == OTHER_ROUTE {
            return None;
        }
        let began = Instant::now();
        let uid = percent_decode_str(uid).decode_utf8().ok()?;
        let asked = request.headers();
        let mut response = match self.finder.cached_document(&uid) {
            // What may have to be compressed is the router's business.
            Some(found)
                if found.document.len() > usize::from(COMPRESS_ABOVE)
                    && asked.contains_key(header::ACCEPT_ENCODING) =>
            {
                return None;
            }
            Some(found) => orders::document(found, asked.get(header::IF_NONE_MATCH)),
            None if self.finder.knows_none(&uid) => problem::no_such_order(),
            None => return None,
        };
        let number = asked.get(REQUEST_ID).cloned();
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, number.unwrap_or_else(|| self.numbers.next()));
        standing::add_to(headers);
        self.lookups.answered(response.status(), began.elapsed());
        Some(response)
    }
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
