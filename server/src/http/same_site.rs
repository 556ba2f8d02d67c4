//! No other site may make a reader's browser change anything here.
//!
//! A browser says with each such request where it comes from: `Sec-Fetch-Site`
//! (Fetch Metadata), or at least `Origin`. What says neither is no browser.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::problem::Problem;

/// Answers 403 to what another site's page sent, unless it only reads.
pub async fn refuse_others(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own(request.headers()) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::FORBIDDEN,
        "cross-site",
        "This request was sent by a page of another site. Only Orderdesk's own pages, and programs that are no browser, may change anything.",
    )
    .into_response()
}

/// Whether a request comes from a page of this very origin, from the reader
/// (an address that was typed), or from no browser.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return true;
    };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    // `null` is the origin of whoever hides it.
    origin
        .parse::<Uri>()
        .ok()
        .and_then(|origin| {
            let authority = origin.authority()?.as_str().to_ascii_lowercase();
            Some(authority == host.to_ascii_lowercase())
        })
        .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::is_own;

    #[test]
    fn only_this_origin_is_own() {
        let cases: [(&[(&str, &str)], bool); 9] = [
            (&[], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (
                &[
                    ("origin", "http://desk.example:8080"),
                    ("host", "Desk.example:8080"),
                ],
                true,
            ),
            (
                &[
                    ("origin", "http://desk.example:8081"),
                    ("host", "desk.example:8080"),
                ],
                false,
            ),
            (&[("origin", "null"), ("host", "desk.example")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://desk.example"),
                    ("host", "desk.example"),
                ],
                false,
            ),
        ];
        for (headers, expected) in cases {
            let map: HeaderMap = headers
                .iter()
                .map(|&(name, value)| {
                    (
                        HeaderName::from_static(name),
                        HeaderValue::from_static(value),
                    )
                })
                .collect();
            assert_eq!(is_own(&map), expected, "{headers:?}");
        }
    }
}
