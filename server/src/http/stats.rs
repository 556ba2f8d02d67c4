//! `GET /api/stats`.

use std::sync::Arc;

use app::desk::{OrderDesk as _, Stats};
use axum::{Json, extract::State, http::header, response::IntoResponse};

use crate::desk::ServiceDesk;

/// How things stand now.
pub async fn stats(State(desk): State<Arc<ServiceDesk>>) -> impl IntoResponse {
    let stats: Stats = desk.stats();
    ([(header::CACHE_CONTROL, "no-store")], Json(stats))
}
