//! What operators decide on messages in quarantine: nothing is lost by it, and
//! it is visible at once, whoever did it.

use std::process::Output;

use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    binary::orderdesk,
    services::shared,
    test_app::{Setting, TestApp, order},
};

async fn post(app: &TestApp, path: &str, body: &Value) -> Response {
    app.request(Method::POST, path)
        .json(body)
        .send()
        .await
        .expect("an answer")
}

async fn done(app: &TestApp, path: &str, body: &Value) -> Value {
    let response = post(app, path, body).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.json().await.expect("JSON")
}

/// Messages in quarantine, newest first.
async fn rejected(app: &TestApp, query: &str) -> Vec<Value> {
    let page = app.json(&format!("/api/rejected{query}")).await;
    page["rejected"].as_array().expect("an array").clone()
}

fn id(message: &Value) -> i64 {
    message["id"].as_i64().expect("a number")
}

async fn raw(app: &TestApp, id: i64) -> Vec<u8> {
    let response = app.get(&format!("/api/rejected/{id}")).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.bytes().await.expect("a body").to_vec()
}

async fn outcomes(app: &TestApp, id: i64) -> Vec<Value> {
    let history = app.json(&format!("/api/rejected/{id}/actions")).await;
    let actions = history["actions"].as_array().expect("an array");
    actions
        .iter()
        .map(|action| action["outcome"].clone())
        .collect()
}

async fn command(setting: &Setting, arguments: &[&str]) -> (Option<i32>, Vec<u8>, String) {
    let mut command = orderdesk();
    command.args(setting.arguments()).args(arguments);
    let Output {
        status,
        stdout,
        stderr,
    } = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("no panic")
        .expect("it runs");
    (
        status.code(),
        stdout,
        String::from_utf8(stderr).expect("UTF-8"),
    )
}

/// All is right by `orderdesk verify`, and the figures are those of the tables.
async fn assert_all_right(app: &TestApp) {
    let (code, said, complaints) = command(&app.setting, &["verify", "--json"]).await;
    let said = String::from_utf8(said).expect("UTF-8");
    assert_eq!(code, Some(0), "{said}{complaints}");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    app.wait_until("the figures to be those of the tables", async || {
        let stats = app.stats().await;
        stats["orders"] == report["kept"]["orders"]
            && stats["in_quarantine"] == report["kept"]["open"]
            && stats["cache"]["entries"] == report["kept"]["orders"]
    })
    .await;
}

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
async fn discarding_takes_a_note_and_keeps_the_bytes() {
    let app = TestApp::start().await;
    app.publish(vec![b"\x1b[2Jnonsense\xff".to_vec()]).await;
    let message = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{message}/discard");
    for body in [json!({}), json!({"note": "  "}), json!({"note": 1})] {
        let refused = post(&app, &path, &body).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let note = json!({"note": "a test of ж and \u{0}"});
    assert_eq!(done(&app, &path, &note).await["state"], "discarded");
    assert_eq!(
        post(&app, &path, &note).await.status(),
        StatusCode::CONFLICT
    );
    assert_eq!(raw(&app, message).await, b"\x1b[2Jnonsense\xff");
    let history = app.json(&format!("/api/rejected/{message}/actions")).await;
    assert_eq!(history["actions"][0]["note"], "a test of ж and \u{2400}");
    assert!(rejected(&app, "?state=open").await.is_empty());
    let unknown = post(&app, "/api/rejected/999/discard", &note).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_all_right(&app).await;
    app.stop().await.expect("a stop in order");
}

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

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_may_decide_anything() {
    let app = TestApp::start().await;
    app.publish(vec![b"nonsense".to_vec()]).await;
    let message = id(&rejected(&app, "").await[0]);
    let path = format!("/api/rejected/{message}/discard");
    let body = r#"{"note":"from elsewhere"}"#;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "null"),
    ] {
        for path in [path.as_str(), "/api/fn/discard", "/api/rejected/replay"] {
            let refused = app
                .request(Method::POST, path)
                .header(header::CONTENT_TYPE, "application/json")
                .header(name, value)
                .body(body)
                .send()
                .await
                .expect("an answer");
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path} {name}");
            let problem: Value = refused.json().await.expect("JSON");
            assert_eq!(problem["type"], "urn:orderdesk:problem:cross-site");
        }
    }
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let mut request = app.request(Method::POST, &path).body(body);
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let refused = request.send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    assert_eq!(rejected(&app, "?state=open").await.len(), 1);
    let own = app
        .request(Method::POST, &path)
        .header("origin", &app.url)
        .json(&json!({"note": "from here"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(own.status(), StatusCode::OK);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarantine_is_filtered_and_paged() {
    let app = TestApp::start().await;
    let messages = (0..7).map(|number| {
        if number % 2 == 0 {
            b"nonsense".to_vec()
        } else {
            b"{}".to_vec()
        }
    });
    app.publish(messages.collect()).await;
    let mut seen = Vec::new();
    let mut query = "?limit=2&reason=not_json".to_owned();
    loop {
        let page = app.json(&format!("/api/rejected{query}")).await;
        seen.extend(
            page["rejected"]
                .as_array()
                .expect("an array")
                .iter()
                .map(id),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        query = format!("?limit=2&reason=not_json&cursor={next}");
    }
    assert_eq!(seen.len(), 4);
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first: {seen:?}");
    let at = rejected(&app, "").await[3]["rejected_at"]
        .as_str()
        .expect("a time")
        .to_owned();
    let before = rejected(&app, &format!("?to={at}")).await.len();
    let after = rejected(&app, &format!("?from={at}")).await.len();
    assert_eq!(before + after, 7);
    assert!(after > 0);
    for query in ["?state=x", "?from=yesterday", "?to=2026-05-12"] {
        let response = app.get(&format!("/api/rejected{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
    }
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
