//! Which of the compressed forms of a file a client gets (RFC 9110, 12.5.3).
//!
//! Of the forms that it likes best, the shortest: brotli, then zstd, then gzip.
//! The file server below ranks zstd before brotli and knows no `*`, so it is
//! told in the request's own header, in words that leave it no choice.

use std::fmt::Write as _;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The forms, the shortest first.
const FORMS: [&str; 3] = ["br", "zstd", "gzip"];

/// Ranks the forms in the request, and says in the response that it matters.
pub async fn rank(mut request: Request, next: Next) -> Response {
    let ranked = ranked(request.headers());
    let headers = request.headers_mut();
    headers.remove(header::ACCEPT_ENCODING);
    if let Ok(ranked) = HeaderValue::try_from(ranked) {
        headers.insert(header::ACCEPT_ENCODING, ranked);
    }
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// The forms that the client takes, each with a weight of its own.
fn ranked(headers: &HeaderMap) -> String {
    let accepted: Vec<(String, u16)> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(read)
        .collect();
    let weight_of = |name: &str| {
        let named = |wanted: &str| accepted.iter().find(|(one, _)| one == wanted);
        let found = named(name)
            .or_else(|| named(&format!("x-{name}")))
            .or_else(|| named("*"));
        found.map_or(0, |(_, weight)| *weight)
    };
    let plain = accepted
        .iter()
        .find(|(name, _)| name == "identity")
        .map_or(0, |(_, weight)| *weight);
    let mut forms: Vec<(&str, u16)> = FORMS
        .into_iter()
        .map(|name| (name, weight_of(name)))
        .filter(|&(_, weight)| weight > 0 && weight >= plain)
        .collect();
    // A stable sort: among equals the shortest stays in front.
    forms.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
    let mut ranked = String::new();
    for (place, (name, _)) in forms.iter().enumerate() {
        let comma = if place > 0 { ", " } else { "" };
        let _ = write!(ranked, "{comma}{name};q=0.{}", 9 - place);
    }
    ranked
}

/// `name` or `name;q=0.5`, as the name in small letters and thousandths.
fn read(part: &str) -> Option<(String, u16)> {
    let mut parts = part.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = match parts.find_map(|one| one.strip_prefix(['q', 'Q'])) {
        None => 1_000,
        Some(weight) => thousandths(weight.trim_start().strip_prefix('=')?.trim())?,
    };
    Some((name.to_ascii_lowercase(), weight))
}

/// A weight: 0 to 1, with at most three digits behind the point.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if rest.len() > 3 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rest: u16 = format!("{rest:0<3}").parse().ok()?;
    match whole {
        "0" => Some(rest),
        "1" if rest == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::ranked;

    #[test]
    fn of_what_the_client_likes_best_the_shortest_comes_first() {
        let cases = [
            ("", ""),
            (
                "gzip, deflate, br, zstd",
                "br;q=0.9, zstd;q=0.8, gzip;q=0.7",
            ),
            ("zstd, gzip", "zstd;q=0.9, gzip;q=0.8"),
            (
                "br;q=0.5, zstd;q=0.8, gzip;q=0.8",
                "zstd;q=0.9, gzip;q=0.8, br;q=0.7",
            ),
            ("BR;Q=0.1,gzip ; q=1.000", "gzip;q=0.9, br;q=0.8"),
            ("br;q=0, *", "zstd;q=0.9, gzip;q=0.8"),
            ("*;q=0", ""),
            ("x-gzip", "gzip;q=0.9"),
            ("gzip;q=0.4, identity", ""),
            ("deflate, compress", ""),
            ("br;q=2, zstd;q=0.1234, gzip;q=x", ""),
        ];
        for (sent, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(sent));
            assert_eq!(ranked(&headers), expected, "{sent}");
        }
        assert_eq!(ranked(&HeaderMap::new()), "");
    }
}
