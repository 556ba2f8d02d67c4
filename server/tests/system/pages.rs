//! The pages as the server sends them: what a reader without JavaScript gets.

use reqwest::StatusCode;

use crate::test_app::{CANONICAL, TestApp, order};

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_lists_the_newest_orders_and_finds_one() {
    let app = TestApp::start().await;
    app.publish(vec![CANONICAL.into(), order("other", "")])
        .await;
    for path in ["/", "/wb"] {
        let page = app.get(path).await.text().await.expect("a page");
        assert!(
            page.contains("b563feb7b2b84b6test") && page.contains(">other<"),
            "{path}"
        );
    }
    let found = app.get("/?q=B563feb").await.text().await.expect("a page");
    assert!(found.contains("/orders/b563feb7b2b84b6test") && !found.contains("/orders/other"));
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_has_a_page_and_an_unknown_one_has_none() {
    let app = TestApp::start().await;
    let hostile = order("hostile", r#","customer_id":"<script>alert(1)</script>""#);
    app.publish(vec![CANONICAL.into(), hostile]).await;
    let page = app.get("/orders/b563feb7b2b84b6test").await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("a page");
    for text in [
        "Test Testov",
        "Kiryat Mozkin",
        "1,817",
        "wbpay",
        "Mascaras",
        "WBILMTESTTRACK",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let hostile = app
        .get("/orders/hostile")
        .await
        .text()
        .await
        .expect("a page");
    assert!(!hostile.contains("<script>alert(1)"));
    for path in ["/orders/unknown", "/orders/a%00b", "/nothing/here"] {
        assert_eq!(
            app.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_lets_only_its_own_scripts_run() {
    let app = TestApp::start().await;
    app.publish(vec![CANONICAL.into()]).await;
    for path in [
        "/",
        "/orders/b563feb7b2b84b6test",
        "/orders/unknown",
        "/nothing/here",
        "/keys",
        "/?q=a%00b",
    ] {
        let page = app.get(path).await;
        let policy = page.headers()["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned();
        let html = page.text().await.expect("a page");
        let (_, nonce) = policy
            .split_once("script-src 'nonce-")
            .unwrap_or_else(|| panic!("{path}: {policy}"));
        let (nonce, _) = nonce.split_once('\'').expect("a nonce ends");
        let scripts = html.matches("<script").count();
        assert!(scripts > 0, "{path}");
        let allowed = html
            .split("<script")
            .skip(1)
            .filter(|script| {
                let tag = script.split_once('>').map_or("", |(tag, _)| tag);
                tag.contains(&format!("nonce=\"{nonce}\""))
            })
            .count();
        assert_eq!(allowed, scripts, "{path}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert!(
            !html.contains(" style=") && !html.contains(" onclick="),
            "{path}"
        );
    }
    app.stop().await.expect("a stop in order");
}
