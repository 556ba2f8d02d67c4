//! What of a channel never came: dropped by the server, below the durable
//! position, or gone with the server's store.

use std::time::Duration;

use crate::{
    binary::Running,
    services::{Services, shared},
    streaming::{publish, subscription},
    test_app::{Setting, TestApp, order},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_its_store_begins_a_new_page() {
    let nats = Services::start_nats("");
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    publish(&nats, &channel, vec![order("a", ""), order("b", "")]).await;
    app.wait_until_received(2).await;

    let nats = nats.restart_without_messages();
    app.wait_until("the next session", async || {
        app.stats().await["ingest"] == "idle"
    })
    .await;
    publish(&nats, &channel, vec![order("c", "")]).await;
    app.wait_until_received(3).await;

    app.wait_until("the account of the new page", async || {
        let stats = app.stats().await;
        stats["incarnation"] == 2 && stats["lag"] == 0 && stats["missing"] == 0
    })
    .await;
    for uid in ["a", "b", "c"] {
        assert!(app.order(uid).await.is_some(), "{uid}");
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_dropped_is_counted() {
    let nats = Services::start_nats("--max_msgs 5");
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting.clone()).await;
    app.wait_until_ready().await;
    publish(&nats, &channel, vec![order("first", "")]).await;
    app.wait_until_received(1).await;
    app.stop().await.expect("a stop in order");

    let messages = (0..20).map(|number| order(&format!("u{number}"), ""));
    publish(&nats, &channel, messages.collect()).await;
    let app = TestApp::start_with(setting).await;

    app.wait_until_received(6).await;
    app.wait_until("the gap", async || {
        let stats = app.stats().await;
        stats["forgotten"] == 15 && stats["missing"] == 0 && stats["lag"] == 0
    })
    .await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_below_the_durable_position_is_counted() {
    let setting = Setting::fresh(shared()).await;
    let app = TestApp::start_with(setting.clone()).await;
    app.wait_until_ready().await;
    app.publish(vec![order("a", ""), order("b", ""), order("c", "")])
        .await;
    app.stop().await.expect("a stop in order");

    // The same durable subscription with a database that knows of nothing.
    let other = Setting::fresh(shared()).await.database_url;
    let app = TestApp::start_with(setting.with("--database-url", &other)).await;
    app.wait_until("the missing messages", async || {
        app.stats().await["missing"] == 3
    })
    .await;
    app.publish(vec![order("d", "")]).await;
    assert_eq!(app.stats().await["stored"], 1);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expired_unsent_does_not_make_a_session_restless() {
    let nats = Services::start_nats("--max_age 2s");
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting.clone()).await;
    app.wait_until_ready().await;
    publish(&nats, &channel, vec![order("first", "")]).await;
    app.wait_until_received(1).await;
    app.stop().await.expect("a stop in order");
    publish(&nats, &channel, vec![order("expires", "")]).await;
    tokio::time::sleep(Duration::from_secs(4)).await;

    let running = Running::start(&setting);
    running
        .wait_for("the gap", |stats| {
            stats["forgotten"] == 1 && stats["ingest"] == "idle"
        })
        .await;
    let inbox = subscription(&nats, &channel).await["inbox"].clone();
    // Longer than a session may be without what the server holds for it.
    tokio::time::sleep(Duration::from_secs(18)).await;
    assert_eq!(subscription(&nats, &channel).await["inbox"], inbox);
    let (code, log) = running.end("TERM");
    assert_eq!(code, Some(0), "{log}");
}
