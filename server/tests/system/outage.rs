//! When a server goes away: nothing is lost, and nothing untrue is said.

use std::time::Duration;

use crate::{
    services::{Services, shared, signal},
    streaming::publish,
    test_app::{Setting, TestApp, order},
};

#[tokio::test(flavor = "multi_thread")]
async fn without_postgresql_unknown_is_not_absent_and_nothing_is_lost() {
    let postgres = Services::start(&["--only", "postgres"]);
    let setting = Setting::between(&postgres, shared()).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    let known = order("known", "");
    publish(shared(), &channel, vec![known.clone()]).await;
    app.wait_until_received(1).await;

    postgres.signal_postgres("QUIT");
    app.wait_until("readiness to end", async || {
        app.get("/readyz").await.status() == 503
    })
    .await;
    publish(shared(), &channel, vec![order("waiting", "")]).await;
    app.wait_until("ingestion to stall", async || {
        app.stats().await["ingest"] == "stalled"
    })
    .await;
    assert_eq!(
        app.order("known").await,
        Some(known),
        "memory still answers"
    );
    let found = app.json("/api/orders?q=known").await;
    assert_eq!(found["orders"][0]["order_uid"], "known", "searches too");
    for path in [
        "/api/orders/waiting",
        "/api/orders/unknown",
        "/api/rejected",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status(), 503, "{path}");
        assert_eq!(answer.headers()["retry-after"], "1", "{path}");
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
    }
    let page = app.get("/orders/waiting").await;
    assert_eq!(page.status(), 503, "the page says the same");

    let postgres = postgres.restart();
    app.wait_until_received(2).await;
    assert!(app.order("waiting").await.is_some());
    app.wait_until_ready().await;
    assert_eq!(app.order("unknown").await, None);
    app.stop().await.expect("a stop in order");
    drop(postgres);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_die_without_a_word_do_not_fill_the_pools() {
    let postgres = Services::start(&["--only", "postgres"]);
    let setting = Setting::between(&postgres, shared()).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    // As many of the service's connections as its pools may have, and more.
    let mut frozen = Frozen::default();
    for wave in 1..=4 {
        let readers = (0..4).map(|_| app.order("unknown"));
        futures::future::join_all(readers).await;
        let backends: Vec<i32> = sqlx::query_scalar(
            "select pid from pg_stat_activity
             where application_name = 'orderdesk' and pid <> all($1)",
        )
        .bind(&frozen.0)
        .fetch_all(&app.database().await)
        .await
        .expect("PostgreSQL tells");
        assert!(!backends.is_empty(), "the service has other connections");
        for backend in backends {
            signal(&backend.to_string(), "STOP");
            frozen.0.push(backend);
        }

        publish(shared(), &channel, vec![order(&format!("wave{wave}"), "")]).await;
        app.wait_until_received(wave).await;
        app.wait_until_ready().await;
        app.wait_until("readers to be answered", async || {
            app.get("/api/orders/unknown").await.status() == 404
        })
        .await;
    }
    drop(frozen);
    app.stop().await.expect("a stop in order");
}

/// Processes that stand still until this is dropped.
#[derive(Default)]
struct Frozen(Vec<i32>);

impl Drop for Frozen {
    fn drop(&mut self) {
        for process in &self.0 {
            signal(&process.to_string(), "CONT");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nats_streaming_killed_and_started_again_goes_on() {
    let nats = Services::start(&["--only", "nats"]);
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    publish(&nats, &channel, vec![order("before", "")]).await;
    app.wait_until_received(1).await;

    nats.signal_nats("KILL");
    app.wait_until("the loss to be noticed", async || {
        app.stats().await["ingest"] == "reconnecting"
    })
    .await;
    assert_eq!(app.get("/readyz").await.status(), 503);
    let nats = nats.restart();
    publish(&nats, &channel, vec![order("after", "")]).await;
    app.wait_until_received(2).await;
    app.wait_until("readiness", async || {
        app.get("/readyz").await.status() == 200
    })
    .await;
    assert!(app.order("before").await.is_some() && app.order("after").await.is_some());
    app.stop().await.expect("a stop in order");
    drop(nats);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_come_later_are_waited_for() {
    let setting = Setting::fresh(shared())
        .await
        .with("--stan-url", "nats://127.0.0.1:9");
    let app = TestApp::start_with(setting).await;
    app.wait_until("the answer that it is not ready", async || {
        let answer = app.get("/readyz").await;
        answer.status() == 503
            && answer
                .text()
                .await
                .is_ok_and(|text| text.contains("NATS Streaming"))
    })
    .await;
    assert_eq!(app.get("/healthz").await.status(), 200);
    tokio::time::timeout(Duration::from_secs(10), app.stop())
        .await
        .expect("soon")
        .expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_miss_the_same_order_ask_once() {
    let setting = Setting::fresh(shared())
        .await
        .with("--cache-capacity", "1B");
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until("readiness", async || {
        app.get("/readyz").await.status() == 200
    })
    .await;
    publish(shared(), &channel, vec![order("popular", "")]).await;
    app.wait_until_received(1).await;
    let pool = app.database().await;
    // A lock makes every reader wait at the same point.
    let mut lock = pool.begin().await.expect("a transaction");
    sqlx::query("lock table orders in access exclusive mode")
        .execute(&mut *lock)
        .await
        .expect("a lock");
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let request = app
                .request(reqwest::Method::GET, "/api/orders/popular")
                .send();
            tokio::spawn(request)
        })
        .collect();
    // Nothing tells when the fiftieth reader waits; half a second is ample.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let blocked: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like 'select seq%'",
    )
    .fetch_one(&mut *lock)
    .await
    .expect("activity");
    assert_eq!(blocked, 1, "fifty readers, one question");
    lock.rollback().await.expect("the lock goes");
    for answer in waiting {
        assert_eq!(
            answer.await.expect("no panic").expect("an answer").status(),
            200
        );
    }
    app.stop().await.expect("a stop in order");
}
