//! One line in the log for each request, without what customers typed.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tower_http::request_id::{MakeRequestId, RequestId};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests: the process's start and a counter, so that ids of two
/// runs differ.
#[derive(Clone, Debug)]
pub struct RequestNumbers {
    run: u64,
    next: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Default for RequestNumbers {
    fn default() -> Self {
        let began = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Self {
            run: began,
            next: std::sync::Arc::default(),
        }
    }
}

impl MakeRequestId for RequestNumbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        HeaderValue::try_from(format!("{:x}-{number:x}", self.run))
            .ok()
            .map(RequestId::new)
    }
}

/// Logs the matched route, never the path or the query: they hold what a
/// customer is looked up by.
pub async fn log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let id = request.headers().get(REQUEST_ID).cloned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let duration_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    let request_id = id
        .as_ref()
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let route = route.as_deref().unwrap_or("(none)");
    // Whoever waits for the service asks for its readiness again and again.
    if response.status().is_server_error() && route != "/readyz" {
        tracing::warn!(%method, route, status, duration_us, request_id, "a request failed");
    } else {
        tracing::debug!(%method, route, status, duration_us, request_id, "a request was answered");
    }
    response
}
