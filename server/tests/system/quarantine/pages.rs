//! The pages' forms, as a browser without scripts sends them.

use reqwest::{StatusCode, header};

use super::{assert_all_right, id, rejected};
use crate::test_app::{TestApp, order};

#[tokio::test(flavor = "multi_thread")]
async fn forms_work_without_scripts_and_lead_back() {
    let app = TestApp::start().await;
    app.publish(vec![
        order("a", ""),
        order("a", r#","note":2"#),
        b"nonsense".to_vec(),
    ])
    .await;
    let ids: Vec<i64> = rejected(&app, "").await.iter().map(id).collect();
    let [broken, conflict] = ids[..] else {
        panic!("two messages: {ids:?}");
    };
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let send = async |path: &str, form: String| {
        let answer = browser
            .post(format!("{}{path}", app.url))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(form)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::FOUND, "{path}");
        let place = &answer.headers()[header::LOCATION];
        place.to_str().expect("text").to_owned()
    };

    let place = send("/api/fn/discard", format!("id={broken}&note=+")).await;
    assert_eq!(place, format!("/rejected/{broken}?failed=note"));
    let page = app.get(&place).await.text().await.expect("a page");
    assert!(page.contains("say why the message is discarded"), "{page}");
    assert_eq!(rejected(&app, "?state=open").await.len(), 2);

    let place = send("/api/fn/replay_all", String::new()).await;
    assert_eq!(place, "/rejected?replayed=2&closed=0");
    let page = app.get(&place).await.text().await.expect("a page");
    assert!(page.contains("2 messages replayed: 0 closed"), "{page}");

    let form = format!("id={conflict}&resolve=replace");
    let place = send("/api/fn/replay", form).await;
    assert_eq!(place, format!("/rejected/{conflict}"));
    assert_eq!(app.order("a").await, Some(order("a", r#","note":2"#)));
    let page = app.get(&place).await.text().await.expect("a page");
    assert!(page.contains("it is the order now"), "{page}");

    let place = send("/api/fn/discard", format!("id={broken}&note=a+test")).await;
    assert_eq!(place, format!("/rejected/{broken}"));
    let page = app.get(&place).await.text().await.expect("a page");
    assert!(
        page.contains("a test") && page.contains("Discarded"),
        "{page}"
    );
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}
