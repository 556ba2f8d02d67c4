//! `GET /metrics`: what operators' tools watch.

use std::sync::Arc;

use app::desk::OrderDesk as _;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use tokio::sync::Semaphore;

use super::problem::Problem;
use crate::{
    cache::Finder,
    desk::ServiceDesk,
    live::MAX_LISTENERS,
    metrics::{Metrics, Snapshot},
    store::Store,
};

/// Metrics.
///
/// Everything that is measured, in Prometheus' text format.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "State",
    operation_id = "getMetrics",
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain"))
)]
pub async fn metrics(
    State(metrics): State<Arc<Metrics>>,
    State(desk): State<Arc<ServiceDesk>>,
    State(finder): State<Finder>,
    State(store): State<Store>,
    State(listeners): State<Arc<Semaphore>>,
) -> Result<Response, Problem> {
    let snapshot = Snapshot {
        stats: desk.stats(),
        hits: finder.hits(),
        misses: finder.misses(),
        listeners: MAX_LISTENERS.saturating_sub(listeners.available_permits()),
        pools: store.pools(),
    };
    let text = metrics.render(&snapshot).map_err(|error| {
        tracing::error!(%error, "the metrics could not be written");
        Problem::from(app::error::Error::Internal)
    })?;
    let headers = [
        (header::CONTENT_TYPE, prometheus::TEXT_FORMAT),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
