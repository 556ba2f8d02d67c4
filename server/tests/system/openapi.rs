//! The description of the API says what is there, and all of it.

use std::collections::BTreeSet;

use app::App;
use leptos_axum::generate_route_list;
use reqwest::{Method, StatusCode, header};
use serde_json::Value;

use crate::test_app::{CANONICAL, TestApp};

/// Every operation: method, address, and what is said of it.
fn operations(description: &Value) -> Vec<(Method, &str, &Value)> {
    let paths = description["paths"].as_object().expect("paths");
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("an item") {
            let method = method.to_uppercase().parse().expect("a method");
            operations.push((method, path.as_str(), operation));
        }
    }
    operations
}

/// An address that is there.
fn filled(path: &str) -> String {
    let mut filled = path
        .replace("{uid}", "b563feb7b2b84b6test")
        .replace("{id}", "1");
    if path == "/api/orders/export" {
        filled.push_str("?format=csv");
    }
    filled
}

const fn body(path: &str) -> &'static str {
    match path.as_bytes() {
        b"/check" => r#"{"uid": "b563feb7b2b84b6test"}"#,
        b"/api/rejected/{id}/discard" => r#"{"note": "a test"}"#,
        _ => "{}",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_described_answers_as_described() {
    let app = TestApp::start().await;
    app.publish(vec![CANONICAL.into(), b"{".to_vec()]).await;
    let description = app.json("/api/openapi.json").await;
    let mut operations = operations(&description);
    // A message can be discarded once: replaying comes before.
    operations.sort_by_key(|(_, path, _)| path.ends_with("/discard"));
    for (method, path, operation) in operations {
        let mut request = app.request(method.clone(), &filled(path));
        if method == Method::POST {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body(path));
        }
        let answer = request.send().await.expect("an answer");
        let expected = match path {
            "/orders" => StatusCode::NOT_FOUND,
            _ => StatusCode::OK,
        };
        assert_eq!(answer.status(), expected, "{method} {path}");
        let described = &operation["responses"][answer.status().as_str()]["content"];
        let kind = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok()?.split(';').next())
            .unwrap_or_default();
        assert!(
            described.get(kind).is_some(),
            "{method} {path} answers {kind}, described is {described}"
        );
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_takes_the_methods_that_are_described() {
    let app = TestApp::start().await;
    let description = app.json("/api/openapi.json").await;
    let paths = description["paths"].as_object().expect("paths");
    for (path, item) in paths {
        let answer = app
            .request(Method::PATCH, &filled(path))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed: BTreeSet<_> = answer.headers()[header::ALLOW]
            .to_str()
            .expect("text")
            .split(',')
            .filter(|method| *method != "HEAD")
            .map(str::to_ascii_lowercase)
            .collect();
        let described: BTreeSet<_> = item.as_object().expect("an item").keys().cloned().collect();
        assert_eq!(allowed, described, "{path}");
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_described() {
    let app = TestApp::start().await;
    let description = app.json("/api/openapi.json").await;
    let described: BTreeSet<_> = operations(&description)
        .into_iter()
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    // Routes for programs come only from what describes them.
    let router = include_str!("../../src/http/router.rs");
    assert!(!router.contains(".route("), "a route without a description");
    for page in generate_route_list(App) {
        let page = format!("GET {}", page.path());
        assert!(described.contains(&page), "{page}");
    }
    // What the README names is there.
    let readme = include_str!("../../../README.md");
    let table = readme
        .split_once("## HTTP")
        .and_then(|(_, rest)| rest.split_once("\n## "))
        .map_or("", |(table, _)| table);
    let mut named = BTreeSet::new();
    for code in table.split('`').skip(1).step_by(2) {
        let Some((method @ ("GET" | "POST"), path)) = code.split_once(' ') else {
            continue;
        };
        let path = path.split(['?', ' ']).next().unwrap_or_default();
        named.insert(format!("{method} {path}"));
    }
    assert!(named.len() > 15, "{named:?}");
    let unknown: Vec<_> = named.difference(&described).collect();
    assert!(unknown.is_empty(), "the README names {unknown:?}");
    let unnamed: Vec<_> = described
        .difference(&named)
        .filter(|one| one.as_str() != "GET /orders")
        .collect();
    assert!(unnamed.is_empty(), "the README does not name {unnamed:?}");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_page_shows_all_of_it() {
    let app = TestApp::start().await;
    let description = app.json("/api/openapi.json").await;
    let answer = app.get("/api/docs").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.expect("a page");
    for (_, path, operation) in operations(&description) {
        assert!(page.contains(path), "{path}");
        let id = operation["operationId"].as_str().expect("an identity");
        assert!(page.contains(&format!(r#"id="{id}""#)), "{id}");
        assert!(page.contains(&format!(r##"href="#{id}""##)), "{id}");
    }
    for name in description["components"]["schemas"]
        .as_object()
        .expect("types")
        .keys()
    {
        assert!(page.contains(&format!(r#"id="type-{name}""#)), "{name}");
    }
    // Each link to a place on the page leads somewhere.
    for link in page.split(r##"href="#"##).skip(1) {
        let id = link.split('"').next().unwrap_or_default();
        assert!(page.contains(&format!(r#"id="{id}""#)), "#{id}");
    }
    app.stop().await.expect("a stop in order");
}
