//! `GET /metrics`: what happened is counted, in words that Prometheus knows.

use std::collections::{HashMap, HashSet};

use crate::test_app::{CANONICAL, TestApp, order};

/// The samples of a text, by name with labels.
fn samples(text: &str) -> HashMap<&str, f64> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').expect("a name and a value");
            (name, value.parse().expect("a number"))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_counted() {
    let app = TestApp::start().await;
    app.publish(vec![
        CANONICAL.into(),
        order("a", ""),
        order("a", ""),
        order("a", r#","note":1"#),
        b"nonsense".to_vec(),
        Vec::new(),
    ])
    .await;
    app.order("a").await.expect("the order");
    app.get("/orders/a").await;
    assert_eq!(app.order("unknown").await, None);
    app.wait_until("the account to be made", async || {
        let stats = app.stats().await;
        stats["lag"] == 0 && stats["incarnation"] == 1
    })
    .await;

    let response = app.get("/metrics").await;
    assert_eq!(
        response.headers()["content-type"],
        "text/plain; version=0.0.4"
    );
    let text = response.text().await.expect("a text");
    let samples = samples(&text);
    let expected = [
        ("orderdesk_messages_received_total", 6.0),
        ("orderdesk_orders_stored_total", 2.0),
        ("orderdesk_repeats_total", 1.0),
        ("orderdesk_conflicts_total", 1.0),
        (r#"orderdesk_rejected_total{reason="not_json"}"#, 1.0),
        (r#"orderdesk_rejected_total{reason="empty"}"#, 1.0),
        (r#"orderdesk_rejected_total{reason="too_deep"}"#, 0.0),
        ("orderdesk_publish_to_visible_seconds_count", 2.0),
        ("orderdesk_channel_lag_messages", 0.0),
        ("orderdesk_channel_missing_messages", 0.0),
        ("orderdesk_channel_forgotten_messages", 0.0),
        ("orderdesk_channel_incarnation", 1.0),
        ("orderdesk_database_up", 1.0),
        ("orderdesk_orders", 2.0),
        ("orderdesk_cache_entries", 2.0),
        ("orderdesk_cache_complete", 1.0),
        ("orderdesk_sessions_total", 1.0),
        (r#"orderdesk_session_state{state="stalled"}"#, 0.0),
        (
            r#"orderdesk_http_requests_total{method="GET",route="/api/orders/{uid}",status="404"}"#,
            1.0,
        ),
        (
            r#"orderdesk_http_requests_total{method="GET",route="/api/orders/{uid}",status="200"}"#,
            1.0,
        ),
    ];
    for (name, value) in expected {
        assert_eq!(samples.get(name), Some(&value), "{name}\n{text}");
    }
    assert!(samples["orderdesk_cache_hits_total"] >= 2.0);
    assert!(samples["process_resident_memory_bytes"] > 0.0);
    assert!(!text.contains("unknown"), "no path, only routes");
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_metric_says_what_it_is() {
    let app = TestApp::start().await;
    app.get("/").await;
    let text = app.get("/metrics").await.text().await.expect("a text");
    let described = |kind: &str| -> HashSet<&str> {
        text.lines()
            .filter_map(|line| line.strip_prefix(kind)?.split(' ').next())
            .collect()
    };
    let (helped, typed) = (described("# HELP "), described("# TYPE "));
    assert!(!helped.is_empty());
    assert_eq!(helped, typed);
    for name in samples(&text).keys() {
        let name = name.split('{').next().unwrap_or(name);
        let family = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|end| name.strip_suffix(end).filter(|name| typed.contains(name)))
            .unwrap_or(name);
        assert!(typed.contains(family), "{name}");
    }
    app.stop().await.expect("a stop in order");
}
