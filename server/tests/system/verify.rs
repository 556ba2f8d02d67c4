//! `orderdesk verify`: it adds up where everything is right, and says where it
//! is not.

use std::process::Output;

use serde_json::Value;

use crate::{
    binary::orderdesk,
    test_app::{CANONICAL, Setting, TestApp, order},
};

async fn verify(setting: &Setting, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = orderdesk();
    command
        .args(setting.arguments())
        .arg("verify")
        .args(arguments);
    let Output {
        status,
        stdout,
        stderr,
    } = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("no panic")
        .expect("it runs");
    let said = String::from_utf8([stdout, stderr].concat()).expect("UTF-8");
    (status.code(), said)
}

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_adds_up_and_shows_what_does_not() {
    let app = TestApp::start().await;
    let setting = app.setting.clone();
    app.publish(vec![
        CANONICAL.into(),
        order("a", ""),
        order("a", ""),
        order("a", r#","note":1"#),
        b"nonsense".to_vec(),
    ])
    .await;

    let (code, said) = verify(&setting, &["--json"]).await;
    assert_eq!(code, Some(0), "{said}");
    let report = json(&said);
    let counts = [
        "published",
        "stored",
        "repeats",
        "conflicts",
        "rejected",
        "waiting",
    ]
    .map(|name| report[name].as_u64());
    assert_eq!(counts, [5, 2, 1, 1, 1, 0].map(Some), "{report}");
    assert_eq!(report["missing"]["count"], 0);
    assert_eq!(report["documents"]["checked"], 2);
    let (code, said) = verify(&setting, &[]).await;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Everything is accounted for."), "{said}");

    let pool = app.database().await;
    sqlx::query("update orders set track_number = 'other' where order_uid = 'a'")
        .execute(&pool)
        .await
        .expect("SQL");
    let (code, said) = verify(&setting, &["--json"]).await;
    assert_eq!(code, Some(1), "{said}");
    let wrong = &json(&said)["documents"]["wrong"];
    assert_eq!(wrong[0]["order_uid"], "a", "{said}");
    let (code, _) = verify(&setting, &["--no-documents"]).await;
    assert_eq!(code, Some(0));

    sqlx::query("update ledger set settled = settled - '{[2,2]}', stored = stored - 1")
        .execute(&pool)
        .await
        .expect("SQL");
    let (code, said) = verify(&setting, &["--json", "--no-documents"]).await;
    assert_eq!(code, Some(1), "{said}");
    let missing = &json(&said)["missing"];
    assert_eq!(missing["count"], 1, "{said}");
    assert_eq!(missing["ranges"], serde_json::json!([[2, 2]]), "{said}");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_not_missing() {
    let app = TestApp::start().await;
    let setting = app.setting.clone();
    app.publish(vec![order("a", "")]).await;
    let publisher = app.publisher().await;
    app.stop().await.expect("a stop in order");
    tokio::task::spawn_blocking(move || publisher.publish([order("b", ""), order("c", "")]))
        .await
        .expect("all are taken");

    let (code, said) = verify(&setting, &["--json", "--wait", "0s"]).await;
    assert_eq!(code, Some(0), "{said}");
    let report = json(&said);
    assert_eq!(
        (&report["waiting"], &report["missing"]["count"]),
        (&2.into(), &0.into()),
        "{report}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_verified_is_said() {
    let setting = Setting::fresh(crate::services::shared()).await;
    for (flag, value, word) in [
        (
            "--stan-monitor-url",
            "http://127.0.0.1:9",
            "STAN_MONITOR_URL",
        ),
        ("--database-url", "postgres://127.0.0.1:9/x", "PostgreSQL"),
        ("--database-url", "nonsense", "DATABASE_URL"),
    ] {
        let app = TestApp::start_with(setting.clone()).await;
        app.wait_until_ready().await;
        app.stop().await.expect("a stop in order");
        let (code, said) = verify(&setting.clone().with(flag, value), &[]).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(word), "{said}");
    }
}
