//! Errors as `application/problem+json` (RFC 9457).

use std::sync::LazyLock;

use app::error::Error;
use axum::{
    Json,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

/// The retry hint of a 503, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// An error as a client sees it. `type` is stable; `detail` is for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// The last part of `type`.
    pub kind: &'static str,
    /// What happened, to what, and what to do.
    pub detail: String,
}

/// An error (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Document<'a> {
    /// What kind of error it is: `urn:orderdesk:problem:…`. It is stable.
    #[schema(example = "urn:orderdesk:problem:no-such-order")]
    r#type: String,
    /// The status in words.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What happened, to what, and what to do, as sentences for people.
    detail: &'a str,
}

impl Problem {
    /// A problem of its own kind.
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            detail: detail.into(),
        }
    }

    /// There is no order with this uid.
    pub fn no_such_order() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-such-order",
            "There is no order with this uid.",
        )
    }

    /// The order could not be looked up.
    pub fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The database is away, so this could not be looked up. It may be there: try again in a moment.",
        )
    }

    /// Something that will be there in a moment.
    pub fn not_ready(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", detail)
    }

    /// A request that cannot be understood; `detail` becomes a sentence.
    pub fn invalid(detail: impl Into<String>) -> Self {
        let mut detail = detail.into();
        if !detail.ends_with('.') {
            detail.push('.');
        }
        Self::new(StatusCode::BAD_REQUEST, "invalid-request", detail)
    }

    fn body(&self) -> Document<'_> {
        Document {
            r#type: format!("urn:orderdesk:problem:{}", self.kind),
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::no_such_order(),
            Error::Unavailable => Self::unavailable(),
            Error::Invalid { .. } => Self::invalid(error.to_string()),
            Error::Internal => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something broke inside Orderdesk. The log says more; give it this answer's X-Request-Id.",
            ),
        }
    }
}

/// The answer of [`Problem::no_such_order`], written once: whoever guesses uids
/// asks for it all the time.
pub(super) fn no_such_order() -> Response {
    static BODY: LazyLock<Bytes> = LazyLock::new(|| {
        let problem = Problem::no_such_order();
        serde_json::to_vec(&problem.body())
            .expect("texts and a number are JSON")
            .into()
    });
    let mut response = Response::new(Body::from(BODY.clone()));
    *response.status_mut() = StatusCode::NOT_FOUND;
    say_that_it_is_one(response.headers_mut());
    response
}

fn say_that_it_is_one(headers: &mut HeaderMap) {
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        let headers = response.headers_mut();
        say_that_it_is_one(headers);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}
