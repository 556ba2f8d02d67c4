//! What the API takes and refuses.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::{assert_all_right, done, id, post, raw, rejected};
use crate::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn discarding_takes_a_note_and_keeps_the_bytes() {
    let app = TestApp::start().await;
    app.publish(vec![b"\x1b[2Jnonsense\xff".to_vec()]).await;
    let message = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{message}/discard");
    for body in [json!({}), json!({"note": "  "}), json!({"note": 1})] {
        let refused = post(&app, &path, &body).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let note = json!({"note": "a test of ж and \u{0}"});
    assert_eq!(done(&app, &path, &note).await["state"], "discarded");
    assert_eq!(
        post(&app, &path, &note).await.status(),
        StatusCode::CONFLICT
    );
    assert_eq!(raw(&app, message).await, b"\x1b[2Jnonsense\xff");
    let history = app.json(&format!("/api/rejected/{message}/actions")).await;
    assert_eq!(history["actions"][0]["note"], "a test of ж and \u{2400}");
    assert!(rejected(&app, "?state=open").await.is_empty());
    let unknown = post(&app, "/api/rejected/999/discard", &note).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_may_decide_anything() {
    let app = TestApp::start().await;
    app.publish(vec![b"nonsense".to_vec()]).await;
    let message = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{message}/discard");
    let body = r#"{"note":"from elsewhere"}"#;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "null"),
    ] {
        for path in [path.as_str(), "/api/fn/discard", "/api/rejected/replay"] {
            let refused = app
                .request(Method::POST, path)
                .header(header::CONTENT_TYPE, "application/json")
                .header(name, value)
                .body(body)
                .send()
                .await
                .expect("an answer");
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path} {name}");
            let problem: Value = refused.json().await.expect("JSON");
            assert_eq!(problem["type"], "urn:orderdesk:problem:cross-site");
        }
    }
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let mut request = app.request(Method::POST, &path).body(body);
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let refused = request.send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    assert_eq!(rejected(&app, "?state=open").await.len(), 1);
    let own = app
        .request(Method::POST, &path)
        .header("origin", &app.url)
        .json(&json!({"note": "from here"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(own.status(), StatusCode::OK);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarantine_is_filtered_and_paged() {
    let app = TestApp::start().await;
    let messages = (0..7).map(|number| {
        if number % 2 == 0 {
            b"nonsense".to_vec()
        } else {
            b"{}".to_vec()
        }
    });
    app.publish(messages.collect()).await;
    let mut seen = Vec::new();
    let mut query = "?limit=2&reason=not_json".to_owned();
    loop {
        let page = app.json(&format!("/api/rejected{query}")).await;
        seen.extend(
            page["rejected"]
                .as_array()
                .expect("an array")
                .iter()
                .map(id),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        query = format!("?limit=2&reason=not_json&cursor={next}");
    }
    assert_eq!(seen.len(), 4);
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first: {seen:?}");
    let at = rejected(&app, "").await[3]["rejected_at"]
        .as_str()
        .expect("a time")
        .to_owned();
    let before = rejected(&app, &format!("?to={at}")).await.len();
    let after = rejected(&app, &format!("?from={at}")).await.len();
    assert_eq!(before + after, 7);
    assert!(after > 0);
    for query in ["?state=x", "?from=yesterday", "?to=2026-05-12"] {
        let response = app.get(&format!("/api/rejected{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
    }
    app.stop().await.expect("a stop in order");
}
