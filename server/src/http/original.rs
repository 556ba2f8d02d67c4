//! `POST /check`, as in the original task service.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{orders::find, problem::Problem};
use crate::cache::Finder;

/// `{"uid": …}`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Check {
    /// The order's number.
    uid: String,
}

/// One order, as in the original service.
///
/// Its JSON, byte for byte as it was published.
#[utoipa::path(
    post,
    path = "/check",
    tag = "Orders",
    operation_id = "checkOrder",
    request_body = Check,
    responses(
        (status = 200, description = "The document.", body = serde_json::Value, content_type = "application/json"),
        (status = 400, description = "The body cannot be understood."),
        (status = 404, description = "There is no such order."),
        (status = 413, description = "The body is too long."),
        (status = 415, description = "The body is not said to be JSON."),
        (status = 503, description = "It could not be looked up: it may be there."),
    )
)]
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
