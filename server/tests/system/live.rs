//! The live feed: an order is told of the moment it is stored.

use std::time::Duration;

use futures::StreamExt as _;
use serde_json::Value;

use crate::test_app::{PATIENCE, TestApp, order};

/// One event of the stream.
#[derive(Debug, Default)]
struct Event {
    name: String,
    id: Option<i64>,
    data: Value,
}

/// Reads events until `wanted` orders came.
async fn read_orders(response: reqwest::Response, wanted: usize) -> Vec<Event> {
    let mut orders = Vec::new();
    let mut text = String::new();
    let mut stream = response.bytes_stream();
    while orders.len() < wanted {
        let bytes = tokio::time::timeout(PATIENCE, stream.next())
            .await
            .expect("events come");
        text.push_str(
            std::str::from_utf8(&bytes.expect("no end").expect("no error")).expect("UTF-8"),
        );
        while let Some((block, rest)) = text.split_once("\n\n") {
            let event = parse(block);
            text = rest.to_owned();
            if event.name != "stats" && event.data != Value::Null {
                orders.push(event);
            }
        }
    }
    orders
}

fn parse(block: &str) -> Event {
    let mut event = Event::default();
    for line in block.lines() {
        match line
            .split_once(':')
            .map(|(field, value)| (field, value.trim_start()))
        {
            Some(("event", value)) => value.clone_into(&mut event.name),
            Some(("id", value)) => event.id = value.parse().ok(),
            Some(("data", value)) => event.data = serde_json::from_str(value).expect("JSON"),
            _ => {}
        }
    }
    event
}

fn uids(events: &[Event]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| event.data["order_uid"].as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_hears_of_each_order_and_misses_none_when_it_returns() {
    let app = TestApp::start().await;
    let stream = app.get("/api/live").await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    app.publish(vec![order("a", ""), order("b", "")]).await;
    let heard = read_orders(stream, 2).await;
    assert_eq!(uids(&heard), ["a", "b"]);
    assert!(heard.iter().all(|event| event.name == "order"));
    // The stream breaks; two more are stored; the browser returns with the id
    // of the last event that it has.
    app.publish(vec![order("c", ""), order("d", "")]).await;
    let last = heard[1].id.expect("an order event has an id").to_string();
    let again = app
        .request(reqwest::Method::GET, "/api/live")
        .header("Last-Event-ID", &last)
        .send()
        .await
        .expect("an answer");
    app.publish(vec![order("e", "")]).await;
    assert_eq!(uids(&read_orders(again, 3).await), ["c", "d", "e"]);
    let after = app.get(&format!("/api/live?after={last}")).await;
    assert_eq!(uids(&read_orders(after, 3).await), ["c", "d", "e"]);
    app.stop()
        .await
        .expect("open streams do not hold up a stop");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_missed_too_much_is_told_to_reload() {
    let app = TestApp::start().await;
    app.publish(
        (0..600)
            .map(|number| order(&format!("missed-{number}"), ""))
            .collect(),
    )
    .await;
    let heard = read_orders(app.get("/api/live?after=0").await, 1).await;
    assert_eq!(heard[0].name, "reload");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_come_by_themselves() {
    let app = TestApp::start().await;
    let mut stream = app.get("/api/live").await.bytes_stream();
    let mut text = String::new();
    while !text.contains("event: stats") {
        let bytes = tokio::time::timeout(Duration::from_secs(10), stream.next())
            .await
            .expect("figures come");
        text.push_str(
            std::str::from_utf8(&bytes.expect("no end").expect("no error")).expect("UTF-8"),
        );
    }
    app.stop().await.expect("a stop in order");
}
