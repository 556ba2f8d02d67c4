//! The built site: scripts, styles, icons.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
};
use leptos::config::LeptosOptions;
use tower_http::services::ServeDir;

use super::encoding;

/// Serves `/pkg`, whose names carry a hash of their content, so that a browser
/// may keep them for ever; precompressed where the build made it so.
pub fn assets<S: Clone + Send + Sync + 'static>(options: &LeptosOptions) -> Router<S> {
    let files = ServeDir::new(format!("{}/{}", options.site_root, options.site_pkg_dir))
        .precompressed_br()
        .precompressed_zstd()
        .precompressed_gzip();
    let keep = if options.hash_files {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    };
    Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), files)
        .layer(middleware::from_fn(encoding::rank))
        .layer(middleware::from_fn(move |request, next| {
            say_how_long(keep.clone(), request, next)
        }))
}

/// What is there may be kept. What is not may be there after the next start.
async fn say_how_long(keep: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let control = if is_there {
        keep
    } else {
        HeaderValue::from_static("no-store")
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, control);
    response
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use axum::{
        Router,
        body::Body,
        http::{HeaderMap, Request, StatusCode, header},
    };
    use leptos::config::LeptosOptions;
    use tower::ServiceExt as _;

    use super::assets;

    fn site(folder: &Path, hash_files: bool) -> Router {
        let pkg = folder.join("pkg");
        fs::create_dir(&pkg).unwrap();
        for kind in ["", ".br", ".zst", ".gz"] {
            fs::write(pkg.join(format!("all.1.js{kind}")), format!("as{kind}")).unwrap();
        }
        fs::write(pkg.join("plain.1.css"), "plain").unwrap();
        let options = LeptosOptions::builder()
            .output_name("orderdesk")
            .site_root(folder.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .hash_files(hash_files)
            .build();
        assets(&options)
    }

    async fn get(site: &Router, path: &str, accepted: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path)
            .header(header::ACCEPT_ENCODING, accepted)
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, 1_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        (parts.status, parts.headers, body)
    }

    #[tokio::test]
    async fn each_client_gets_the_form_that_it_can_read() {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path(), true);
        for (accepted, encoding, body) in [
            ("gzip, deflate, br, zstd", "br", "as.br"),
            ("gzip, zstd", "zstd", "as.zst"),
            ("gzip", "gzip", "as.gz"),
            ("zstd;q=0.9, br;q=0.1", "zstd", "as.zst"),
            ("*", "br", "as.br"),
            ("deflate", "", "as"),
            ("", "", "as"),
        ] {
            let (status, headers, found) = get(&site, "/pkg/all.1.js", accepted).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(found, body, "{accepted}");
            let said = headers
                .get(header::CONTENT_ENCODING)
                .map_or("", |value| value.to_str().unwrap());
            assert_eq!(said, encoding, "{accepted}");
            assert_eq!(headers[header::VARY], "accept-encoding");
            assert_eq!(headers[header::CONTENT_TYPE], "text/javascript");
            assert_eq!(
                headers[header::CACHE_CONTROL],
                "public, max-age=31536000, immutable"
            );
        }
        let (_, headers, found) = get(&site, "/pkg/plain.1.css", "br, zstd").await;
        assert_eq!(found, "plain");
        assert!(!headers.contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path(), true);
        for path in ["/pkg/none.2.js", "/pkg/../Cargo.toml", "/pkg/"] {
            let (status, headers, _) = get(&site, path, "br").await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        }
    }

    #[tokio::test]
    async fn names_without_a_hash_are_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path(), false);
        let (_, headers, _) = get(&site, "/pkg/all.1.js", "br").await;
        assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
    }
}
