//! `GET /api/stats` and `GET /api/stats/history`.

use std::sync::Arc;

use app::desk::{History, OrderDesk as _, Stats};
use axum::{Json, extract::State, http::header, response::IntoResponse};

use crate::desk::ServiceDesk;

/// How things stand now.
pub async fn stats(State(desk): State<Arc<ServiceDesk>>) -> impl IntoResponse {
    let stats: Stats = desk.stats();
    ([(header::CACHE_CONTROL, "no-store")], Json(stats))
}

/// What happened over the last hour.
pub async fn history(State(desk): State<Arc<ServiceDesk>>) -> impl IntoResponse {
    let history: History = desk.history();
    ([(header::CACHE_CONTROL, "no-store")], Json(history))
}
