//! What operators decide on messages in quarantine: nothing is lost by it, and
//! it is visible at once, whoever did it.

mod command_line;
mod pages;
mod replay;
mod requests;

use std::process::Output;

use reqwest::{Method, Response, StatusCode};
use serde_json::Value;

use crate::{
    binary::orderdesk,
    test_app::{Setting, TestApp},
};

pub async fn post(app: &TestApp, path: &str, body: &Value) -> Response {
    app.request(Method::POST, path)
        .json(body)
        .send()
        .await
        .expect("an answer")
}

pub async fn done(app: &TestApp, path: &str, body: &Value) -> Value {
    let response = post(app, path, body).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.json().await.expect("JSON")
}

/// Messages in quarantine, newest first.
pub async fn rejected(app: &TestApp, query: &str) -> Vec<Value> {
    let page = app.json(&format!("/api/rejected{query}")).await;
    page["rejected"].as_array().expect("an array").clone()
}

pub fn id(message: &Value) -> i64 {
    message["id"].as_i64().expect("a number")
}

pub async fn raw(app: &TestApp, id: i64) -> Vec<u8> {
    let response = app.get(&format!("/api/rejected/{id}")).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.bytes().await.expect("a body").to_vec()
}

pub async fn outcomes(app: &TestApp, id: i64) -> Vec<Value> {
    let history = app.json(&format!("/api/rejected/{id}/actions")).await;
    let actions = history["actions"].as_array().expect("an array");
    actions
        .iter()
        .map(|action| action["outcome"].clone())
        .collect()
}

pub async fn command(setting: &Setting, arguments: &[&str]) -> (Option<i32>, Vec<u8>, String) {
    let mut command = orderdesk();
    command.args(setting.arguments()).args(arguments);
    let Output {
        status,
        stdout,
        stderr,
    } = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("no panic")
        .expect("it runs");
    (
        status.code(),
        stdout,
        String::from_utf8(stderr).expect("UTF-8"),
    )
}

/// All is right by `orderdesk verify`, and the figures are those of the tables.
pub async fn assert_all_right(app: &TestApp) {
    let (code, said, complaints) = command(&app.setting, &["verify", "--json"]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!(code, Some(0), "{said}{complaints}");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    app.wait_until("the figures to be those of the tables", async || {
        let stats = app.stats().await;
        stats["orders"] == report["kept"]["orders"]
            && stats["in_quarantine"] == report["kept"]["open"]
            && stats["cache"]["entries"] == report["kept"]["orders"]
    })
    .await;
}
