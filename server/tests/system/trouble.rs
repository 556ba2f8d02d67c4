//! What PostgreSQL can refuse, told apart: each has its sentence, loses
//! nothing, and ends when its cause ends.

use sqlx::PgPool;

use crate::{
    services::{Publisher, shared},
    test_app::{TestApp, order},
};

async fn publish(app: &TestApp, messages: Vec<Vec<u8>>) {
    let channel = app.setting.channel.clone();
    tokio::task::spawn_blocking(move || Publisher::connect(shared(), &channel).publish(messages))
        .await
        .expect("all are taken");
}

async fn run(pool: &PgPool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.expect("SQL");
}

/// Makes every insert of an order fail with `code`, until the trigger goes.
async fn refuse_with(pool: &PgPool, code: &str) {
    let sql = format!(
        "create or replace function refuse() returns trigger language plpgsql as
         $$ begin raise exception 'refused for a test' using errcode = '{code}'; end $$;
         create or replace trigger refuse before insert on orders execute function refuse()"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(pool)
        .await
        .expect("a trigger");
}

async fn wait_for_trouble(app: &TestApp, words: &str) {
    app.wait_until(words, async || {
        let stats = app.stats().await;
        stats["ingest"] == "stalled"
            && stats["trouble"]
                .as_str()
                .is_some_and(|sentence| sentence.contains(words))
    })
    .await;
    let ready = app.get("/readyz").await;
    assert_eq!(ready.status(), 503);
    assert!(
        ready.text().await.expect("a text").contains(words),
        "{words}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_trouble_has_its_sentence_and_its_end() {
    let app = TestApp::start().await;
    let pool = app.database().await;
    let cases = [
        ("53100", "disk is full"),
        ("53300", "no connection left"),
        ("40001", "in the way"),
        ("58030", "the log says why"),
    ];
    for (received, (code, words)) in (1..).zip(cases) {
        refuse_with(&pool, code).await;
        publish(&app, vec![order(&format!("u{code}"), "")]).await;
        wait_for_trouble(&app, words).await;
        assert_eq!(
            app.stats().await["received"],
            received - 1,
            "nothing is settled"
        );
        run(&pool, "drop trigger refuse on orders").await;
        app.wait_until_received(received).await;
        assert!(app.order(&format!("u{code}")).await.is_some());
        assert!(app.stats().await["trouble"].is_null());
    }
    assert_eq!(app.stats().await["rejected"], 0);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_database_is_waited_for() {
    let app = TestApp::start().await;
    let pool = app.database().await;
    let terminate = "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'orderdesk'";
    let set = |value: &str| {
        let sql = format!(
            "do $$ begin execute format('alter database %I set default_transaction_read_only = {value}', current_database()); end $$"
        );
        sqlx::AssertSqlSafe(sql)
    };
    sqlx::raw_sql(set("on")).execute(&pool).await.expect("SQL");
    run(&pool, terminate).await;
    publish(&app, vec![order("waits", "")]).await;
    wait_for_trouble(&app, "takes no writes").await;

    sqlx::raw_sql(set("off")).execute(&pool).await.expect("SQL");
    run(&pool, terminate).await;
    app.wait_until_received(1).await;
    assert!(app.order("waits").await.is_some());
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_poisoned_row_is_set_aside_and_its_neighbours_are_stored() {
    let app = TestApp::start().await;
    let pool = app.database().await;
    run(
        &pool,
        "create function poisoned() returns trigger language plpgsql as
         $$ begin
             if new.order_uid = 'poison' then
                 raise exception 'refused for a test' using errcode = '22P02';
             end if;
             return new;
         end $$;
         create trigger poisoned before insert on orders for each row execute function poisoned()",
    )
    .await;
    let mut messages: Vec<_> = (0..50)
        .map(|number| order(&format!("u{number}"), ""))
        .collect();
    messages.insert(25, order("poison", ""));
    app.publish(messages).await;

    let stats = app.stats().await;
    assert_eq!(
        (&stats["stored"], &stats["rejected"]),
        (&50.into(), &1.into())
    );
    let page = app.json("/api/rejected?reason=storage").await;
    assert_eq!(page["rejected"].as_array().map(Vec::len), Some(1), "{page}");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_a_database_that_cannot_store() {
    let app = TestApp::start().await;
    let pool = app.database().await;
    refuse_with(&pool, "53100").await;
    publish(&app, vec![order("later", "")]).await;
    wait_for_trouble(&app, "disk is full").await;
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");

    run(&pool, "drop trigger refuse on orders").await;
    let app = TestApp::start_with(setting).await;
    app.wait_until_received(1).await;
    assert!(app.order("later").await.is_some());
    app.stop().await.expect("a stop in order");
}
