//! What HTTP counts.

use std::time::Duration;

use axum::http::StatusCode;
use prometheus::{
    Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Registry,
    exponential_buckets, opts,
};

/// Requests, by matched route.
#[derive(Debug)]
pub struct HttpMetrics {
    requests: IntCounterVec,
    durations: HistogramVec,
}

impl HttpMetrics {
    pub(super) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let requests = IntCounterVec::new(
            opts!(
                "orderdesk_http_requests_total",
                "Requests answered, by matched route, method and status."
            ),
            &["route", "method", "status"],
        )?;
        let durations = HistogramVec::new(
            HistogramOpts::new(
                "orderdesk_http_request_duration_seconds",
                "Time to the head of the answer, by matched route.",
            )
            .buckets(exponential_buckets(0.000_1, 3.0, 10)?),
            &["route"],
        )?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        Ok(Self {
            requests,
            durations,
        })
    }

    /// Notes an answer. `route` is the matched one, never a path: paths hold
    /// what customers are looked up by, and there is no end of them.
    pub fn answered(&self, route: &str, method: &str, status: &str, took: Duration) {
        self.requests
            .with_label_values(&[route, method, status])
            .inc();
        self.durations
            .with_label_values(&[route])
            .observe(took.as_secs_f64());
    }

    /// What counts requests of `route`, for one order, that memory answers.
    pub fn lookups(&self, route: &str) -> Lookups {
        let requests = |status: StatusCode| {
            self.requests
                .with_label_values(&[route, "GET", status.as_str()])
        };
        Lookups {
            found: requests(StatusCode::OK),
            known: requests(StatusCode::NOT_MODIFIED),
            none: requests(StatusCode::NOT_FOUND),
            durations: self.durations.with_label_values(&[route]),
        }
    }
}

/// Requests for one order that memory answered, counted with all others of
/// their route.
#[derive(Clone, Debug)]
pub struct Lookups {
    found: IntCounter,
    known: IntCounter,
    none: IntCounter,
    durations: Histogram,
}

impl Lookups {
    /// Notes an answer.
    pub fn answered(&self, status: StatusCode, took: Duration) {
        let counter = match status {
            StatusCode::NOT_FOUND => &self.none,
            StatusCode::NOT_MODIFIED => &self.known,
            _ => &self.found,
        };
        counter.inc();
        self.durations.observe(took.as_secs_f64());
    }
}
