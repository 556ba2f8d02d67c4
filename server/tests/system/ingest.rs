//! From the channel to the API: every message once, every byte as it was.

use std::{collections::HashMap, fmt::Write as _};

use serde_json::Value;
use sqlx::Row as _;

use crate::test_app::{CANONICAL, TestApp, order};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_back_byte_for_byte() {
    let app = TestApp::start().await;
    let odd = order(
        "odd",
        ",\"unknown\" : [1.0, 1e2, \"\\u00e9\\ud83d\\ude00\"] ",
    );
    let with_space = [b" \n\t".as_slice(), &order("space", ""), b"\r\n"].concat();
    app.publish(vec![CANONICAL.into(), odd.clone(), with_space.clone()])
        .await;
    assert_eq!(
        app.order("b563feb7b2b84b6test").await.as_deref(),
        Some(CANONICAL.as_bytes())
    );
    assert_eq!(app.order("odd").await, Some(odd));
    assert_eq!(app.order("space").await, Some(with_space));
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_service_has_every_order() {
    let app = TestApp::start().await;
    let first = order("before", "");
    app.publish(vec![first.clone()]).await;
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    assert_eq!(app.order("before").await, Some(first));
    // The durable position was kept: nothing came twice.
    let second = order("after", "");
    app.publish(vec![second.clone()]).await;
    assert_eq!(app.order("after").await, Some(second));
    let stats = app.stats().await;
    assert_eq!(
        (&stats["received"], &stats["redelivered"]),
        (&2.into(), &0.into())
    );
    app.stop().await.expect("a stop in order");
}

/// What no order is, with the reason and the path that its quarantine names.
fn hostile() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let with = |uid: &str, extra: &str| order(uid, extra);
    vec![
        ("empty", "", Vec::new()),
        ("not_utf8", "", vec![0xFF, 0xFE, b'{', b'}']),
        ("not_json", "", b"no json".to_vec()),
        ("not_json", "", [order("two", ""), order("values", "")].concat()),
        ("wrong_type", "", b"42".to_vec()),
        ("wrong_type", "items", br#"{"order_uid":"w","track_number":"t","delivery":{},"payment":{},"items":"none","date_created":"2021-11-26T06:22:19Z"}"#.to_vec()),
        ("missing_field", "order_uid", br#"{"track_number":"t","delivery":{},"payment":{},"items":[],"date_created":"2021-11-26T06:22:19Z"}"#.to_vec()),
        ("too_large", "", with("large", &format!(",\"note\":\"{}\"", "x".repeat(5 * 1024 * 1024)))),
        ("too_deep", "", deep.into_bytes()),
        ("bad_text", "note", with("nul", r#","note":"a\u0000b""#)),
        ("bad_text", "note[1]", with("half", r#","note":[1,"\ud800"]"#)),
        ("invalid_value", "payment.amount", br#"{"order_uid":"m","track_number":"t","delivery":{},"payment":{"amount":-1},"items":[],"date_created":"2021-11-26T06:22:19Z"}"#.to_vec()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_order_is_set_aside_and_the_next_order_arrives() {
    let app = TestApp::start().await;
    let hostile = hostile();
    let mut messages: Vec<_> = hostile
        .iter()
        .map(|(_, _, message)| message.clone())
        .collect();
    messages.push(order("good", ""));
    app.publish(messages).await;
    assert!(app.order("good").await.is_some());
    let page = app.json("/api/rejected?limit=50").await;
    let rejected = page["rejected"].as_array().expect("a list");
    assert_eq!(rejected.len(), hostile.len());
    // The list is newest first.
    for (found, (reason, path, message)) in rejected.iter().rev().zip(&hostile) {
        assert_eq!(found["reason"], *reason, "{found}");
        assert_eq!(found["path"], *path, "{found}");
        let raw = app.get(&format!("/api/rejected/{}", found["id"])).await;
        assert_eq!(raw.headers()["x-orderdesk-reason"], *reason);
        assert_eq!(raw.bytes().await.expect("a body"), message.as_slice());
    }
    let stats = app.stats().await;
    assert_eq!(
        (&stats["stored"], &stats["rejected"]),
        (&1.into(), &hostile.len().into())
    );
    // Everything was acknowledged: a second start gets nothing again.
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    app.publish(vec![order("after", "")]).await;
    assert_eq!(app.stats().await["redelivered"], 0);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_order_of_a_uid_stays() {
    let app = TestApp::start().await;
    let first = order("one", r#","a":1,"b":2.0"#);
    let same = order("one", r#", "b":2.00, "a":1"#);
    let other = order("one", r#","a":1,"b":2.0000000000000000001"#);
    // In one batch and in later ones.
    app.publish(vec![
        first.clone(),
        first.clone(),
        same.clone(),
        other.clone(),
    ])
    .await;
    app.publish(vec![first.clone()]).await;
    app.publish(vec![same]).await;
    app.publish(vec![other.clone()]).await;
    assert_eq!(app.order("one").await, Some(first));
    let stats = app.stats().await;
    let counts =
        ["received", "stored", "repeats", "conflicts", "rejected"].map(|name| stats[name].clone());
    assert_eq!(counts, [7, 1, 4, 2, 0].map(Value::from));
    let page = app.json("/api/rejected?reason=conflict").await;
    assert_eq!(page["rejected"].as_array().map(Vec::len), Some(2));
    assert_eq!(page["rejected"][0]["order_uid"], "one");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_jsonb_cannot_hold_are_no_reason_to_fail() {
    let app = TestApp::start().await;
    let first = order("huge", r#","n":1e999999"#);
    let other = order("huge", r#","n":1e999998"#);
    app.publish(vec![first.clone(), other, order("next", "")])
        .await;
    assert_eq!(app.order("huge").await, Some(first));
    assert!(app.order("next").await.is_some());
    assert_eq!(app.stats().await["conflicts"], 1);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_at_full_speed_add_up() {
    let app = TestApp::start().await;
    let valid: HashMap<String, Vec<u8>> = (0..9_000)
        .map(|number| {
            let uid = format!("full-speed-{number}");
            let document = order(&uid, &format!(",\"number\":{number}"));
            (uid, document)
        })
        .collect();
    let mut messages: Vec<Vec<u8>> = valid.values().cloned().collect();
    messages.extend(valid.values().take(500).cloned());
    messages.extend((0..500).map(|number| format!("not an order {number}").into_bytes()));
    let publisher = app.publisher().await;
    tokio::task::spawn_blocking(move || publisher.publish_at_full_speed(&messages))
        .await
        .expect("all are taken");
    app.wait_until_received(10_000).await;
    for (uid, document) in &valid {
        assert_eq!(app.order(uid).await.as_ref(), Some(document), "{uid}");
    }
    let stats = app.stats().await;
    let counts =
        ["orders", "stored", "repeats", "conflicts", "rejected"].map(|name| stats[name].clone());
    assert_eq!(counts, [9_000, 9_000, 500, 0, 500].map(Value::from));
    app.wait_until("the lag to be gone", async || app.stats().await["lag"] == 0)
        .await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_views_show_the_relational_model() {
    let app = TestApp::start().await;
    let mut many = String::from(",\"unknown\":null");
    write!(many, ",\"entry\":null").expect("a String takes all text");
    app.publish(vec![CANONICAL.into(), order("sparse", &many)])
        .await;
    let database = app.database().await;
    let uid = "b563feb7b2b84b6test";
    let delivery = sqlx::query("select name, city from deliveries where order_uid = $1")
        .bind(uid)
        .fetch_one(&database)
        .await
        .expect("a delivery");
    assert_eq!(delivery.get::<&str, _>("name"), "Test Testov");
    let amount: String =
        sqlx::query_scalar("select amount::text from payments where order_uid = 'sparse'")
            .fetch_one(&database)
            .await
            .expect("a payment");
    assert_eq!(amount, "10.50");
    let (lines, total): (i64, String) =
        sqlx::query_as("select count(*), sum(total_price)::text from items where order_uid = $1")
            .bind(uid)
            .fetch_one(&database)
            .await
            .expect("items");
    assert_eq!((lines, total.as_str()), (1, "317"));
    let everything: i64 = sqlx::query_scalar(
        "select count(d) + count(p) + count(i) from deliveries d join payments p using (order_uid) join items i using (order_uid)",
    )
    .fetch_one(&database)
    .await
    .expect("every column of every view can be read");
    assert_eq!(everything, 6);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_stored_unseen_is_answered() {
    let app = TestApp::start().await;
    let pool = app.database().await;
    let document = order("unseen", "");
    // As a commit whose answer was lost would leave it.
    sqlx::query(
        "insert into orders (order_uid, track_number, customer_id, date_created, channel, sequence,
                             published_at, stored_at, document)
         values ('unseen', 'TRACKunseen', '', '2021-11-26T06:22:19Z', $1, 1, now(), now(), $2::json)",
    )
    .bind(&app.setting.channel)
    .bind(String::from_utf8(document.clone()).expect("text"))
    .execute(&pool)
    .await
    .expect("a row");
    app.publish(vec![document.clone()]).await;
    assert_eq!(app.order("unseen").await, Some(document));
    let list = app.json("/api/orders").await;
    assert_eq!(list["orders"][0]["order_uid"], "unseen");
    app.stop().await.expect("a stop in order");
}
