//! `orderdesk rejected`, beside a service that runs.

use serde_json::Value;

use super::{assert_all_right, command, id, rejected};
use crate::{
    services::shared,
    test_app::{Setting, TestApp, order},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_running_service_shows_what_another_process_decided() {
    let small = Setting::fresh(shared())
        .await
        .with("--max-order-bytes", "300B");
    let app = TestApp::start_with(small.clone()).await;
    app.wait_until_ready().await;
    let large = order("b", &format!(r#","note":"{}""#, "x".repeat(300)));
    let (first, second) = (order("a", ""), order("a", r#","note":2"#));
    app.publish(vec![first.clone(), second.clone(), large.clone()])
        .await;
    let ids: Vec<String> = rejected(&app, "")
        .await
        .iter()
        .map(|message| id(message).to_string())
        .collect();
    let [too_large, conflict] = &ids[..] else {
        panic!("two messages: {ids:?}");
    };
    assert!(app.order("b").await.is_none());
    assert_eq!(app.order("a").await, Some(first.clone()));

    let (code, said, _) = command(&small, &["rejected", "replay", too_large, conflict]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("still no valid order"), "{said}");
    assert!(said.contains("another order still has its uid"), "{said}");

    let (code, ..) = command(&small, &["rejected", "replay"]).await;
    assert_eq!(code, Some(2), "numbers, or --all");
    let setting = small.with("--max-order-bytes", "1MiB");
    let (code, said, complaints) =
        command(&setting, &["rejected", "replay", "--all", "--replace"]).await;
    assert_eq!(code, Some(0), "{complaints}");
    let said = String::from_utf8(said).expect("UTF-8");
    assert!(
        said.starts_with("2 replayed: 1 stored, 1 replaced"),
        "{said}"
    );
    app.wait_until("the replayed order", async || {
        app.order("b").await.as_ref() == Some(&large)
    })
    .await;
    app.wait_until("the replaced order", async || {
        app.order("a").await.as_ref() == Some(&second)
    })
    .await;
    assert_eq!(app.stats().await["orders"], 2);
    assert_all_right(&app).await;

    // Every connection breaks, with it the one that hears of decisions: nothing
    // that was said meanwhile is missed.
    let pool = app.database().await;
    let ended: i64 = sqlx::query_scalar(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend'
           and pid <> pg_backend_pid()",
    )
    .fetch_one(&pool)
    .await
    .expect("SQL");
    assert!(ended >= 3, "writer, presence and listener: {ended}");
    let displaced = rejected(&app, "?state=open").await;
    let displaced = id(&displaced[0]).to_string();
    let (code, _, complaints) =
        command(&setting, &["rejected", "replay", "--replace", &displaced]).await;
    assert_eq!(code, Some(0), "{complaints}");
    app.wait_until("the order before", async || {
        app.order("a").await.as_ref() == Some(&first)
    })
    .await;
    app.wait_until_ready().await;
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_lists_shows_and_discards() {
    let app = TestApp::start().await;
    let hostile = b"\x1b[2J\x07{\"a\":\"\xe2\x80\xae\xff\"".to_vec();
    app.publish(vec![hostile.clone(), b"{}".to_vec()]).await;
    let setting = app.setting.clone();
    let ids: Vec<String> = rejected(&app, "")
        .await
        .iter()
        .map(|message| id(message).to_string())
        .collect();
    let [missing, broken] = &ids[..] else {
        panic!("two messages: {ids:?}");
    };

    let (code, said, _) = command(&setting, &["rejected", "list"]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!((code, said.lines().count()), (Some(0), 2), "{said}");
    assert!(said.contains("missing_field"), "{said}");
    for (arguments, lines) in [
        (&["--reason", "missing_field"][..], 1),
        (&["--state", "discarded"], 0),
        (&["--from", "2100-01-01T00:00:00Z"], 0),
        (&["--to", "2100-01-01T00:00:00Z", "--limit", "1"], 1),
    ] {
        let arguments = [&["rejected", "list", "--json"], arguments].concat();
        let (code, said, _) = command(&setting, &arguments).await;
        let said = String::from_utf8(said).expect("UTF-8");
        assert_eq!(code, Some(0), "{arguments:?}");
        assert_eq!(said.lines().count(), lines, "{arguments:?}: {said}");
        for line in said.lines() {
            let message: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(message["state"], "open");
        }
    }

    let (code, said, _) = command(&setting, &["rejected", "show", broken]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!(code, Some(0), "{said}");
    let is_harmless = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
    assert!(said.chars().all(is_harmless), "{said:?}");
    assert!(
        said.contains("\\u{1b}[2J\\u{7}") && said.contains("\\xff"),
        "{said}"
    );
    let (code, said, _) = command(&setting, &["rejected", "show", broken, "--raw"]).await;
    assert_eq!((code, said), (Some(0), hostile));
    let (code, _, complaints) = command(&setting, &["rejected", "show", "999"]).await;
    assert_eq!(code, Some(1), "{complaints}");

    let discard = ["rejected", "discard", missing, "--note", "was a test"];
    let (code, ..) = command(&setting, &discard).await;
    assert_eq!(code, Some(0));
    let (code, said, _) = command(&setting, &discard).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!(code, Some(1));
    assert!(said.contains("it was discarded before"), "{said}");
    let (_, said, _) = command(&setting, &["rejected", "show", missing]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert!(said.contains("Discarded. was a test"), "{said}");

    let away = setting.with("--database-url", "postgres://127.0.0.1:9/x");
    let (code, _, complaints) = command(&away, &["rejected", "list"]).await;
    assert_eq!(code, Some(2), "{complaints}");
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}
