//! What HTTP counts.

use std::time::Duration;

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Registry, exponential_buckets, opts};

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
}
