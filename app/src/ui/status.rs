//! Gives the page that is being rendered its HTTP status.

use http::StatusCode;

/// Answers this request with `status`. In the browser it does nothing.
pub fn answer_with(status: StatusCode) {
    #[cfg(feature = "ssr")]
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            // RFC 9110, 10.2.3: how long to wait before asking again, in seconds.
            response.insert_header(
                http::header::RETRY_AFTER,
                http::HeaderValue::from_static("4"),
            );
        }
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
