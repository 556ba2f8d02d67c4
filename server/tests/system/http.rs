//! HTTP: what is answered, and how what is wrong is said.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::test_app::{CANONICAL, TestApp, order};

async fn assert_problem(response: reqwest::Response, status: StatusCode) {
    let place = response.url().to_string();
    assert_eq!(response.status(), status, "{place}");
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "application/problem+json",
        "{place}"
    );
    assert!(response.headers().contains_key("x-request-id"), "{place}");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["status"], status.as_u16(), "{place}");
    assert!(
        problem["type"]
            .as_str()
            .is_some_and(|kind| kind.starts_with("urn:orderdesk:problem:")),
        "{place}"
    );
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.ends_with('.')),
        "{problem}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_answered_with_a_problem() {
    let app = TestApp::start().await;
    let long = format!("/api/orders/{}", "x".repeat(10 * 1024));
    for path in [
        "/api/orders/unknown",
        &long,
        "/api/orders/a%2Fb",
        "/api/orders/%00",
        "/api/orders/%FF",
        "/api/orders/%20",
        "/api/nothing",
        "/api/rejected/1",
        "/api/rejected/x",
    ] {
        assert_problem(app.get(path).await, StatusCode::NOT_FOUND).await;
    }
    for path in [
        "/api/orders?limit=0",
        "/api/orders?limit=x",
        "/api/orders?limit=201",
        "/api/orders?cursor=x",
        "/api/orders?q=%00",
        "/api/rejected?reason=x",
        "/api/rejected?cursor=x",
    ] {
        assert_problem(app.get(path).await, StatusCode::BAD_REQUEST).await;
    }
    for (method, path) in [
        (Method::POST, "/api/orders"),
        (Method::DELETE, "/api/orders/a"),
        (Method::GET, "/check"),
        (Method::PUT, "/api/stats"),
    ] {
        let response = app.request(method, path).send().await.expect("an answer");
        assert!(response.headers().contains_key(header::ALLOW), "{path}");
        assert_problem(response, StatusCode::METHOD_NOT_ALLOWED).await;
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_routes_of_the_original_service() {
    let app = TestApp::start().await;
    app.publish(vec![CANONICAL.into()]).await;
    let check = |body: &Value| app.request(Method::POST, "/check").json(body).send();
    let found = check(&json!({"uid": "b563feb7b2b84b6test"}))
        .await
        .expect("an answer");
    assert_eq!(found.status(), StatusCode::OK);
    assert_eq!(found.text().await.expect("a body"), CANONICAL);
    assert_problem(
        check(&json!({"uid": "unknown"})).await.expect("an answer"),
        StatusCode::NOT_FOUND,
    )
    .await;
    assert_problem(
        check(&json!({"id": 1})).await.expect("an answer"),
        StatusCode::BAD_REQUEST,
    )
    .await;
    let text = app
        .request(Method::POST, "/check")
        .body("uid=1")
        .send()
        .await
        .expect("an answer");
    assert_problem(text, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    let huge = check(&json!({"uid": "x".repeat(1024 * 1024)}))
        .await
        .expect("an answer");
    assert_problem(huge, StatusCode::PAYLOAD_TOO_LARGE).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_has_an_entity_tag() {
    let app = TestApp::start().await;
    app.publish(vec![CANONICAL.into()]).await;
    let path = "/api/orders/b563feb7b2b84b6test";
    let first = app.get(path).await;
    assert_eq!(first.headers()[header::CONTENT_TYPE], "application/json");
    let tag = first.headers()[header::ETAG].clone();
    let again = app
        .request(Method::GET, path)
        .header(header::IF_NONE_MATCH, &tag)
        .send()
        .await
        .expect("an answer");
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(again.headers()[header::ETAG], tag);
    assert!(again.bytes().await.expect("a body").is_empty());
    let other = app
        .request(Method::GET, path)
        .header(header::IF_NONE_MATCH, "\"x\"")
        .send()
        .await
        .expect("an answer");
    assert_eq!(other.status(), StatusCode::OK);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_function_order_answers_the_same_before_routing_and_behind_it() {
    let app = TestApp::start().await;
    let spaced = order("с пробелом", r#","note":"\"<script>\"""#);
    app.publish(vec![CANONICAL.into(), spaced]).await;
    for uid in [
        "b563feb7b2b84b6test",
        "%D1%81%20%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC",
    ] {
        let path = format!("/api/fn/order?uid={uid}");
        let before = app.get(&path).await;
        // Another argument is the router's business.
        let behind = app.get(&format!("{path}&more=")).await;
        assert_eq!(before.status(), StatusCode::OK, "{path}");
        assert_eq!(behind.status(), StatusCode::OK, "{path}");
        let names = |response: &reqwest::Response| {
            let mut headers: Vec<_> = response
                .headers()
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            headers.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
            headers
        };
        assert_eq!(names(&before), names(&behind), "{path}");
        assert!(before.headers().contains_key("x-request-id"), "{path}");
        assert_eq!(
            before.text().await.expect("a body"),
            behind.text().await.expect("a body"),
            "{path}"
        );
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_printable_uid_can_be_asked_for() {
    let app = TestApp::start().await;
    let uids = [
        "a/b",
        "a b",
        "100%",
        "q?x=1#y",
        "заказ №1",
        "a\\\"b",
        "..",
        "a+b",
        "<script>",
    ];
    let documents: Vec<_> = uids
        .iter()
        .map(|uid| order(&uid.replace('\\', "\\\\").replace('"', "\\\""), ""))
        .collect();
    app.publish(documents.clone()).await;
    for (uid, document) in uids.iter().zip(documents) {
        let mut url = reqwest::Url::parse(&app.url).expect("a URL");
        // `..` cannot be a segment of a URL; `POST /check` takes it.
        if *uid == ".." {
            continue;
        }
        url.path_segments_mut()
            .expect("a base")
            .extend(["api", "orders", uid]);
        let path = url.path().to_owned();
        assert_eq!(
            app.get(&path).await.bytes().await.expect("a body"),
            document,
            "{path}"
        );
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_make_the_whole_list() {
    let app = TestApp::start().await;
    app.publish(
        (0..25)
            .map(|number| order(&format!("List-{number:02}"), ""))
            .collect(),
    )
    .await;
    let mut seen = Vec::new();
    let mut path = "/api/orders?limit=10".to_owned();
    loop {
        let page = app.json(&path).await;
        let orders = page["orders"].as_array().expect("a list");
        seen.extend(
            orders
                .iter()
                .map(|order| order["order_uid"].as_str().expect("a uid").to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/orders?limit=10&cursor={next}");
    }
    let expected: Vec<_> = (0..25)
        .rev()
        .map(|number| format!("List-{number:02}"))
        .collect();
    assert_eq!(seen, expected);
    // Part of a uid, part of a track number, whatever the case.
    for (q, count) in [
        ("list-0", 10),
        ("LIST-24", 1),
        ("tracklist-1", 10),
        ("st_0", 0),
        ("%25", 0),
        ("", 25),
    ] {
        let page = app.json(&format!("/api/orders?q={q}")).await;
        assert_eq!(page["orders"].as_array().map(Vec::len), Some(count), "{q}");
    }
    let first = &app.json("/api/orders?limit=1").await["orders"][0];
    assert_eq!(
        first["amount"].to_string(),
        "10.5",
        "serde_json reads it as a float; the bytes say 10.50"
    );
    let raw = app
        .get("/api/orders?limit=1")
        .await
        .text()
        .await
        .expect("a body");
    assert!(raw.contains(r#""amount":10.50"#), "{raw}");
    app.stop().await.expect("a stop in order");
}
