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
