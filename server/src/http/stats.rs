//! `GET /api/stats` and `GET /api/stats/history`.

use std::sync::Arc;

use app::desk::{History, OrderDesk as _, Stats};
use axum::{Json, extract::State, http::header, response::IntoResponse};

use crate::desk::ServiceDesk;

/// How things stand.
#[utoipa::path(
    get,
    path = "/api/stats",
    tag = "State",
    operation_id = "getStats",
    responses((status = 200, description = "The account, rate, lag, cache and last order.", body = Stats))
)]
pub async fn stats(State(desk): State<Arc<ServiceDesk>>) -> impl IntoResponse {
    let stats: Stats = desk.stats();
    ([(header::CACHE_CONTROL, "no-store")], Json(stats))
}

/// The last hour.
///
/// A sample every ten seconds.
#[utoipa::path(
    get,
    path = "/api/stats/history",
    tag = "State",
    operation_id = "getHistory",
    responses((status = 200, description = "The samples, oldest first.", body = History))
)]
pub async fn history(State(desk): State<Arc<ServiceDesk>>) -> impl IntoResponse {
    let history: History = desk.history();
    ([(header::CACHE_CONTROL, "no-store")], Json(history))
}
