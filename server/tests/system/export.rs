//! Exports: whole, or visibly not; and memory does not grow with them.

use futures::StreamExt as _;
use reqwest::{StatusCode, header};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    binary::Running,
    services::{Services, shared},
    streaming::publish,
    test_app::{Setting, TestApp, order},
};

/// More than what sockets hold on the way.
const ORDERS: usize = 2_000;
const FILLING: usize = 16 * 1024;

/// Orders that make a file of more than 32 MB.
fn large_orders() -> Vec<Vec<u8>> {
    // Not to be compressed to nothing.
    let mut letter = 1_u32;
    let mut filling = || -> String {
        (0..FILLING)
            .map(|_| {
                letter = letter.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from(b'a' + (letter >> 27) as u8 % 26)
            })
            .collect()
    };
    (0..ORDERS)
        .map(|number| {
            order(
                &format!("large-{number}"),
                &format!(r#","filling":"{}""#, filling()),
            )
        })
        .collect()
}

/// Reads to the end: the bytes, and whether the end was in order.
async fn read(response: reqwest::Response) -> (usize, bool) {
    let mut body = response.bytes_stream();
    let mut bytes = 0;
    while let Some(part) = body.next().await {
        match part {
            Ok(part) => bytes += part.len(),
            Err(_) => return (bytes, false),
        }
    }
    (bytes, true)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_breaks_off_when_postgresql_goes_away() {
    let postgres = Services::start(&["--only", "postgres"]);
    let setting = Setting::between(&postgres, shared())
        .await
        .with("--cache-capacity", "1MiB");
    let channel = setting.channel.clone();
    let app = TestApp::start_with(setting).await;
    app.wait_until("readiness", async || {
        app.get("/readyz").await.status() == 200
    })
    .await;
    publish(shared(), &channel, large_orders()).await;
    app.wait_until_received(ORDERS as u64).await;

    let path = "/api/orders/export?format=ndjson";
    let (whole, is_in_order) = read(app.get(path).await).await;
    assert!(is_in_order && whole > ORDERS * FILLING, "{whole}");

    let begun = app.get(path).await;
    assert_eq!(begun.status(), StatusCode::OK);
    let zipped = app
        .request(reqwest::Method::GET, path)
        .header(header::ACCEPT_ENCODING, "gzip")
        .send()
        .await
        .expect("an answer");
    assert_eq!(zipped.headers()[header::CONTENT_ENCODING], "gzip");
    postgres.signal_postgres("QUIT");
    app.wait_until("the loss to be noticed", async || {
        app.get("/readyz").await.status() == 503
    })
    .await;
    for begun in [begun, zipped] {
        let (bytes, is_in_order) = read(begun).await;
        assert!(!is_in_order, "{bytes} of {whole} bytes look like all");
        assert!(bytes < whole);
    }
    assert_eq!(
        app.get(path).await.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "none begins meanwhile"
    );
    app.stop().await.expect("a stop in order");
    drop(postgres);
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_leave_memory_as_it_is_and_break_off_with_the_service() {
    const READERS: usize = 12;
    let setting = Setting::fresh(shared()).await;
    let running = Running::start(&setting);
    running
        .wait_for("readiness", |stats| stats["ingest"] == "idle")
        .await;
    publish(shared(), &setting.channel, large_orders()).await;
    running
        .wait_for("the orders", |stats| stats["received"] == ORDERS)
        .await;
    let get = async |format: &str| {
        reqwest::get(format!("{}/api/orders/export?format={format}", running.url))
            .await
            .expect("an answer")
    };
    // Whatever is made once is made.
    let (whole, is_in_order) = read(get("ndjson").await).await;
    assert!(is_in_order && whole > ORDERS * FILLING);
    let before = running.memory();
    let mut waiting = Vec::new();
    for _ in 0..READERS {
        waiting.push(get("ndjson").await);
    }
    for format in ["ndjson", "csv"] {
        assert!(read(get(format).await).await.1, "{format}");
    }
    let grown = running.memory().saturating_sub(before);
    assert!(
        grown < whole / 2,
        "{READERS} readers of {whole} bytes cost {grown} bytes"
    );
    running.end("TERM");
    for begun in waiting {
        let (bytes, is_in_order) = read(begun).await;
        assert!(!is_in_order && bytes < whole, "{bytes} of {whole}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_cannot_tell_a_broken_export_gets_none() {
    let app = TestApp::start().await;
    app.publish(vec![order("one", "")]).await;
    let address = app.url.trim_start_matches("http://").to_owned();
    for (version, status) in [("1.0", "505"), ("1.1", "200")] {
        let mut socket = TcpStream::connect(&address).await.expect("it listens");
        let request = format!(
            "GET /api/orders/export?format=csv HTTP/{version}\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        );
        socket.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.expect("an answer");
        let line = answer.lines().next().unwrap_or_default();
        assert_eq!(line.split(' ').nth(1), Some(status), "{line}");
        let is_chunked = answer.contains("transfer-encoding: chunked");
        assert_eq!(is_chunked, version == "1.1", "{answer}");
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_the_search_and_a_line_is_an_order() {
    let app = TestApp::start().await;
    let hostile = r#"{"order_uid":"=cmd|' /C calc'!A0","track_number":"a\tb\r\nc","delivery":{"name":"=HYPERLINK(\"x\")","city":"New \"York\", NY"},"payment":{"amount":10.50},
"items":[],"date_created":"2021-11-26T06:22:19Z"}"#;
    let mut orders: Vec<_> = (0..450)
        .map(|number| order(&format!("line-{number}"), ""))
        .collect();
    orders.push(hostile.into());
    app.publish(orders).await;
    for sort in ["arrival", "date", "amount"] {
        let path = format!("/api/orders/export?format=ndjson&q=line-&sort={sort}");
        let text = app.get(&path).await.text().await.expect("a file");
        assert_eq!(text.lines().count(), 450, "{sort}");
        for line in text.lines() {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON");
        }
    }
    let csv = app
        .get("/api/orders/export?format=csv")
        .await
        .text()
        .await
        .expect("a file");
    let records = records(csv.trim_start_matches('\u{feff}'));
    assert_eq!(records.len(), 452);
    assert!(
        records
            .iter()
            .all(|record| record.len() == records[0].len())
    );
    let first = &records[1];
    assert_eq!(first[0], "'=cmd|' /C calc'!A0");
    assert_eq!(first[1], "a\tb\r\nc");
    assert_eq!(first[3], "'=HYPERLINK(\"x\")");
    assert_eq!(first[6], "New \"York\", NY");
    assert_eq!(first[10], "10.50");
    app.stop().await.expect("a stop in order");
}

/// Reads CSV as RFC 4180 says.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let record = records.last_mut().expect("never empty");
        let field = record.last_mut().expect("never empty");
        match (letter, is_quoted) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            ('"', true) => is_quoted = false,
            ('"', false) => {
                assert!(field.is_empty(), "a quote in the middle of {field:?}");
                is_quoted = true;
            }
            (',', false) => record.push(String::new()),
            ('\r', false) => {
                assert_eq!(letters.next(), Some('\n'));
                records.push(vec![String::new()]);
            }
            (letter, _) => field.push(letter),
        }
    }
    assert_eq!(
        records.pop(),
        Some(vec![String::new()]),
        "the last line ends"
    );
    records
}
