//! One line in the log for each request that is routed, without what customers
//! typed; what `front` answers from memory is only counted.

use std::{sync::Arc, time::Instant};

use crate::metrics::Metrics;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests: the process's start and a counter, so that ids of two
/// runs differ.
#[derive(Clone, Debug)]
pub struct RequestNumbers {
    run: u64,
    next: Arc<std::sync::atomic::AtomicU64>,
}

impl Default for RequestNumbers {
    fn default() -> Self {
        let began = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Self {
            run: began,
            next: Arc::default(),
        }
    }
}

impl RequestNumbers {
    /// The id of one more request.
    pub fn next(&self) -> HeaderValue {
        let number = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        HeaderValue::try_from(format!("{:x}-{number:x}", self.run))
            .expect("hexadecimal digits and a hyphen are visible ASCII")
    }
}

/// Logs and counts the matched route, never the path or the query: they hold
/// what a customer is looked up by. Gives the answer the request's id: the one
/// that came with it, or a new one.
pub async fn log(
    State((metrics, numbers)): State<(Arc<Metrics>, RequestNumbers)>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let id = request
        .headers()
        .get(REQUEST_ID)
        .cloned()
        .unwrap_or_else(|| numbers.next());
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let took = began.elapsed();
    let duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let request_id = id.to_str().unwrap_or_default();
    let route = route.as_deref().unwrap_or("(none)");
    metrics
        .http
        .answered(route, known(&method), response.status().as_str(), took);
    // Whoever waits for the service asks for its readiness again and again.
    if response.status().is_server_error() && route != "/readyz" {
        tracing::warn!(%method, route, status, duration_us, request_id, "a request failed");
    } else {
        tracing::debug!(%method, route, status, duration_us, request_id, "a request was answered");
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The method, if it is one that anything here takes: whoever sends others
/// makes no metrics of his own.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}
