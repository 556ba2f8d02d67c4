//! The ways in which the client of NATS Streaming stops without a word, each
//! on the real server: the service has to notice and to go on.

use std::time::Duration;

use crate::{
    binary::Running,
    services::{Services, shared},
    streaming::{connection, make_server_forget, message_before_1970, publish, subscription},
    test_app::{Setting, TestApp, order},
};

async fn wait_for_state(app: &TestApp, state: &str) {
    app.wait_until(&format!("the state {state}"), async || {
        app.stats().await["ingest"] == state
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_forgot_the_client_is_asked_again() {
    let app = TestApp::start().await;
    let channel = app.setting.channel.clone();
    app.publish(vec![order("before", "")]).await;

    // The client id is the channel's name in these tests.
    let client_id = channel.clone();
    tokio::task::spawn_blocking(move || make_server_forget(shared(), &client_id))
        .await
        .expect("the server forgets");
    publish(shared(), &channel, vec![order("after", "")]).await;

    app.wait_until_received(2).await;
    assert!(app.order("after").await.is_some());
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_does_not_end_the_subscription() {
    let app = TestApp::start().await;
    let channel = app.setting.channel.clone();
    app.publish(vec![order("before", "")]).await;
    let inbox = subscription(shared(), &channel).await["inbox"].clone();

    let inbox = inbox.as_str().expect("an inbox").to_owned();
    tokio::task::spawn_blocking(move || {
        let connection = connection(shared());
        for garbage in [vec![], vec![0xFF; 9], message_before_1970()] {
            connection.publish(&inbox, garbage).expect("published");
        }
        connection.flush().expect("sent");
    })
    .await
    .expect("no panic");
    publish(shared(), &channel, vec![order("after", "")]).await;

    app.wait_until("the order that follows", async || {
        app.order("after").await.is_some()
    })
    .await;
    let now = subscription(shared(), &channel).await;
    assert_eq!(now["is_offline"], false, "the same session goes on: {now}");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_server_is_noticed_and_the_session_after_it_stays() {
    let nats = Services::start_nats("");
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    publish(&nats, &channel, vec![order("before", "")]).await;
    app.wait_until_received(1).await;

    nats.signal_nats("STOP");
    wait_for_state(&app, "reconnecting").await;
    assert_eq!(app.get("/readyz").await.status(), 503);
    // Long enough for a try to open a session to hang as well.
    tokio::time::sleep(Duration::from_secs(3)).await;
    nats.signal_nats("CONT");
    publish(&nats, &channel, vec![order("after", "")]).await;
    app.wait_until_received(2).await;

    // What the old session left in the frozen server's socket must not close
    // its successor: the subscription is the same after several pings.
    let inbox = subscription(&nats, &channel).await["inbox"].clone();
    tokio::time::sleep(Duration::from_secs(6)).await;
    let later = subscription(&nats, &channel).await;
    assert_eq!(later["inbox"], inbox);
    assert_eq!(later["is_offline"], false);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_server_does_not_hold_a_shutdown() {
    let nats = Services::start_nats("");
    let app = TestApp::start_with(Setting::between(shared(), &nats).await).await;
    app.wait_until_ready().await;
    nats.signal_nats("STOP");
    tokio::time::timeout(Duration::from_secs(9), app.stop())
        .await
        .expect("within SHUTDOWN_TIMEOUT")
        .expect("a stop in order");
    nats.signal_nats("CONT");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_acknowledgement_is_made_good() {
    let nats = Services::start_nats("");
    let setting = Setting::between(shared(), &nats).await;
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    let pool = app.database().await;
    let mut lock = pool.begin().await.expect("a transaction");
    sqlx::query("lock table ledger in access exclusive mode")
        .execute(&mut *lock)
        .await
        .expect("a lock");
    let messages = (0..20).map(|number| order(&format!("u{number}"), ""));
    publish(&nats, &channel, messages.collect()).await;
    app.wait_until("a commit that waits", async || {
        let waiting: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        )
        .fetch_one(&pool)
        .await
        .expect("activity");
        waiting > 0
    })
    .await;

    // The commit succeeds while there is no connection to acknowledge over.
    nats.signal_nats("KILL");
    wait_for_state(&app, "reconnecting").await;
    lock.rollback().await.expect("the lock goes");
    app.wait_until_received(20).await;
    let nats = nats.restart();

    app.wait_until("all acknowledged after all", async || {
        let subscription = subscription(&nats, &channel).await;
        subscription["is_offline"] == false && subscription["pending_count"] == 0
    })
    .await;
    let stats = app.stats().await;
    assert_eq!(
        (&stats["stored"], &stats["received"]),
        (&20.into(), &20.into())
    );
    assert!(stats["redelivered"].as_u64() > Some(0), "{stats}");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_stands_by_and_takes_over() {
    let setting = Setting::fresh(shared()).await;
    let channel = setting.channel.clone();
    let first = TestApp::start_with(setting.clone()).await;
    first.wait_until_ready().await;
    let second = TestApp::start_with(setting.clone()).await;
    wait_for_state(&second, "replaced").await;
    let ready = second.get("/readyz").await.text().await.expect("a text");
    assert!(ready.contains("another instance"), "{ready}");

    let inbox = subscription(shared(), &channel).await["inbox"].clone();
    publish(shared(), &channel, vec![order("one", "")]).await;
    first.wait_until_received(1).await;
    assert!(second.order("one").await.is_some(), "it reads all the same");
    // A third comes and goes; the one that holds the subscription keeps it.
    let third = TestApp::start_with(setting).await;
    wait_for_state(&third, "replaced").await;
    third.stop().await.expect("a stop in order");
    let now = subscription(shared(), &channel).await;
    assert_eq!((&now["inbox"], &now["is_offline"]), (&inbox, &false.into()));

    // The second has never been asked for this one, and is soon alone.
    publish(shared(), &channel, vec![order("unread", "")]).await;
    first.wait_until_received(2).await;
    first.stop().await.expect("a stop in order");
    wait_for_state(&second, "idle").await;
    for _ in 0..40 {
        assert!(second.order("unread").await.is_some(), "stored by another");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    publish(shared(), &channel, vec![order("two", "")]).await;
    second
        .wait_until("the second order", async || {
            second.order("two").await.is_some()
        })
        .await;
    assert_eq!(
        second.stats().await["redelivered"],
        0,
        "the position stayed"
    );
    second.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_end_leave_next_to_nothing_behind() {
    let setting = Setting::fresh(shared()).await;
    let channel = setting.channel.clone();
    let running = Running::start(&setting);
    running
        .wait_for("readiness", |stats| stats["ingest"] == "idle")
        .await;
    let mut counts = Vec::new();
    for number in 1..=5_u64 {
        let client_id = channel.clone();
        tokio::task::spawn_blocking(move || make_server_forget(shared(), &client_id))
            .await
            .expect("the server forgets");
        publish(shared(), &channel, vec![order(&format!("u{number}"), "")]).await;
        running
            .wait_for("the next session", |stats| stats["received"] == number)
            .await;
        // Threads of the old session need a moment to end.
        tokio::time::sleep(Duration::from_millis(700)).await;
        counts.push(running.threads());
    }
    let (first, last) = (&counts[0], &counts[4]);
    assert!(
        // The client's thread that flushes never ends: one for each session, and
        // one more may be on its way out. A session that was not closed keeps four.
        last.len() <= first.len() + 2 * 4,
        "threads after one session and after five:\n{first:?}\n{last:?}"
    );
    let (code, log) = running.end("TERM");
    assert_eq!(code, Some(0), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_before_the_first_start_arrives() {
    let setting = Setting::fresh(shared()).await;
    let messages = (0..300).map(|number| order(&format!("u{number}"), ""));
    publish(shared(), &setting.channel, messages.collect()).await;
    let app = TestApp::start_with(setting).await;
    app.wait_until_received(300).await;
    assert!(app.order("u0").await.is_some(), "from the very first");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn standing_by_costs_no_threads() {
    let setting = Setting::fresh(shared()).await;
    let holder = TestApp::start_with(setting.clone()).await;
    holder.wait_until_ready().await;
    let standby = Running::start(&setting);
    standby
        .wait_for("the state", |stats| stats["ingest"] == "replaced")
        .await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = standby.threads();
    tokio::time::sleep(Duration::from_secs(6)).await;
    let after = standby.threads();
    // Six seconds of trying with a connection each would leave six.
    assert!(after.len() <= before.len() + 2, "{before:?}\n{after:?}");
    holder.stop().await.expect("a stop in order");
    standby
        .wait_for("the takeover", |stats| stats["ingest"] == "idle")
        .await;
    let (code, log) = standby.end("TERM");
    assert_eq!(code, Some(0), "{log}");
}
