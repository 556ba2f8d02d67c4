//! Replays and decisions: what becomes of messages, and where it is seen.

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use super::{assert_all_right, done, id, outcomes, post, raw, rejected};
use crate::{
    services::shared,
    test_app::{Setting, TestApp, order},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_too_large_is_stored_once_it_may_be_larger() {
    let small = Setting::fresh(shared())
        .await
        .with("--max-order-bytes", "300B");
    let app = TestApp::start_with(small.clone()).await;
    app.wait_until_ready().await;
    let large = |uid: &str| order(uid, &format!(r#","note":"{}""#, "x".repeat(300)));
    app.publish(vec![
        order("a", ""),
        large("b"),
        b"nonsense".to_vec(),
        large("c"),
        large("a"),
    ])
    .await;
    app.wait_until("four open messages", async || {
        app.stats().await["in_quarantine"] == 4
    })
    .await;
    let too_large = rejected(&app, "?reason=too_large").await;
    assert_eq!(too_large.len(), 3);
    let path = format!("/api/rejected/{}/replay", id(&too_large[2]));
    let still = done(&app, &path, &json!({})).await;
    assert_eq!(still["outcome"], "invalid");
    assert_eq!(still["rejection"]["reason"], "too_large");
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");

    let app = TestApp::start_with(small.with("--max-order-bytes", "1MiB")).await;
    app.wait_until_ready().await;
    assert!(app.order("b").await.is_none());
    let before = app.stats().await;
    let replayed = done(&app, &path, &json!({})).await;
    assert_eq!(replayed["outcome"], "stored");
    assert_eq!(app.order("b").await, Some(large("b")));
    let stats = app.stats().await;
    assert_eq!(stats["orders"], 2);
    assert_eq!(stats["last_order"]["order_uid"], "b");
    assert_eq!(stats["received"], before["received"], "no message came");
    let record = app.database().await;
    let (sequence, kept): (i64, bool) = sqlx::query_as(
        "select o.sequence, o.published_at = m.published_at and o.channel = m.channel
         from orders o join rejected_messages m on m.order_uid = o.order_uid
         where o.order_uid = 'b'",
    )
    .fetch_one(&record)
    .await
    .expect("SQL");
    assert_eq!(
        (sequence, kept),
        (2, true),
        "its place in the channel stays"
    );

    let all = done(&app, "/api/rejected/replay", &json!({})).await;
    assert_eq!(
        ["replayed", "stored", "conflicts", "invalid"].map(|name| all[name].as_u64()),
        [3, 1, 1, 1].map(Some),
        "{all}"
    );
    assert_eq!(all["next"], Value::Null);
    assert_eq!(app.order("c").await, Some(large("c")));
    // The fault that is found today, and all that was done.
    let open = rejected(&app, "?state=open").await;
    let reasons: Vec<_> = open.iter().map(|message| &message["reason"]).collect();
    assert_eq!(reasons, ["conflict", "not_json"]);
    assert_eq!(
        outcomes(&app, id(&too_large[2])).await,
        ["stored", "invalid"]
    );
    let again = post(&app, &path, &json!({})).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert_all_right(&app).await;
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_decides_a_conflict_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let (first, second) = (order("a", ""), order("a", r#", "note" : 2 "#));
    app.publish(vec![first.clone(), second.clone()]).await;
    let tag = async || app.get("/api/orders/a").await.headers()[header::ETAG].clone();
    let first_tag = tag().await;
    let conflict = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{conflict}/replay");

    let kept = done(&app, &path, &json!({})).await;
    assert_eq!(kept["outcome"], "conflict");
    assert_eq!(app.order("a").await, Some(first.clone()));

    let replaced = done(&app, &path, &json!({"resolve": "replace"})).await;
    assert_eq!(replaced["outcome"], "replaced");
    assert_eq!(app.order("a").await, Some(second.clone()), "at once");
    assert_ne!(tag().await, first_tag);
    let displaced = replaced["displaced"].as_i64().expect("a number");
    assert_eq!(raw(&app, displaced).await, first);
    assert_eq!(outcomes(&app, displaced).await, ["displaced"]);
    let listed = app.json("/api/orders").await;
    assert_eq!(listed["orders"].as_array().map(Vec::len), Some(1));
    assert_all_right(&app).await;

    // And back: what came from the quarantine is open there again.
    let path = format!("/api/rejected/{displaced}/replay");
    let back = done(&app, &path, &json!({"resolve": "replace"})).await;
    assert_eq!(back["displaced"].as_i64(), Some(conflict));
    assert_eq!(app.order("a").await, Some(first.clone()));
    assert_eq!(tag().await, first_tag);
    assert_eq!(raw(&app, conflict).await, second);
    let open = rejected(&app, "?state=open").await;
    assert_eq!(open.iter().map(id).collect::<Vec<_>>(), [conflict]);
    assert_all_right(&app).await;
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    assert_eq!(app.order("a").await, Some(first));
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_repeats_the_order_by_now_is_closed() {
    let app = TestApp::start().await;
    let (first, second) = (order("a", ""), order("a", r#","note":2"#));
    let again = order("a", r#", "note": 2"#);
    app.publish(vec![first, second, again]).await;
    let ids: Vec<i64> = rejected(&app, "").await.iter().map(id).collect();
    let [later, earlier] = ids[..] else {
        panic!("two conflicts: {ids:?}");
    };
    let path = format!("/api/rejected/{earlier}/replay");
    done(&app, &path, &json!({"resolve": "replace"})).await;
    let path = format!("/api/rejected/{later}/replay");
    assert_eq!(done(&app, &path, &json!({})).await["outcome"], "repeat");
    let closed = rejected(&app, "?state=replayed").await;
    assert_eq!(closed.len(), 2);
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn replays_at_the_same_time_are_harmless() {
    let app = TestApp::start().await;
    app.publish(vec![order("a", ""), order("a", r#","note":2"#)])
        .await;
    let message = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{message}/replay");
    let body = json!({"resolve": "replace"});
    let answers = futures::future::join_all((0..8).map(|_| post(&app, &path, &body))).await;
    let of = |status| {
        answers
            .iter()
            .filter(|answer| answer.status() == status)
            .count()
    };
    assert_eq!((of(StatusCode::OK), of(StatusCode::CONFLICT)), (1, 7));
    assert_eq!(outcomes(&app, message).await, ["replaced"]);
    assert_eq!(app.order("a").await, Some(order("a", r#","note":2"#)));
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operators_order_reaches_who_listens() {
    let app = TestApp::start().await;
    app.publish(vec![order("a", ""), order("a", r#","note":2"#)])
        .await;
    let message = id(&rejected(&app, "").await[0]);
    let mut feed = app.get("/api/live").await;
    let path = format!("/api/rejected/{message}/replay");
    done(&app, &path, &json!({"resolve": "replace"})).await;
    let mut heard = String::new();
    tokio::time::timeout(crate::test_app::PATIENCE, async {
        while !heard.contains("event: order") {
            let part = feed.chunk().await.expect("the stream goes on");
            heard += &String::from_utf8_lossy(&part.expect("the stream goes on"));
        }
    })
    .await
    .expect("the order is told of");
    let event = heard.split("event: order").nth(1).expect("an event");
    assert!(event.contains(r#""order_uid":"a""#), "{event}");
    drop(feed);
    app.stop().await.expect("a stop in order");
}
