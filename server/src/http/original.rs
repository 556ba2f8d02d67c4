//! `POST /check`, as in the original task service.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;

use super::{orders::find, problem::Problem};
use crate::cache::Finder;

/// `{"uid": …}`.
#[derive(Debug, Deserialize)]
pub struct Check {
    uid: String,
}

/// The order's JSON, or 404.
pub async fn check(
    State(finder): State<Finder>,
    body: Result<Json<Check>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(Check { uid }) = body.map_err(|rejection| problem_of(&rejection))?;
    let order = find(&finder, &uid).await?;
    let json = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )];
    Ok((json, order.document).into_response())
}

fn problem_of(rejection: &JsonRejection) -> Problem {
    match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body must be JSON: send Content-Type: application/json.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => super::router::too_large(),
        _ => Problem::invalid("The body must be a JSON object with a text \"uid\"."),
    }
}
