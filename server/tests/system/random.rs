//! Thousands of random and mutated messages through the real channel: each
//! ends as validation says, whole, and SQL still works on all of it.

use std::collections::HashMap;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use sqlx::Row as _;

use crate::{
    services::{Publisher, shared},
    test_app::{CANONICAL, TestApp},
};

const MESSAGES: usize = 4_000;

/// What is put into messages: each means something to a parser, to PostgreSQL,
/// or to neither.
const TOKENS: [&[u8]; 18] = [
    br"\u0000",
    br"\ud800",
    br"\udc00\ud800",
    br"\u202e",
    b"\0",
    b"\xFF\xFE",
    b"\xC3",
    b"null",
    b"1e999999",
    b"-0.000",
    b"99999999999999999999999999",
    b"[[[[[[[[",
    b"}",
    b"\"",
    b"\\",
    b",\"order_uid\":\"again\"",
    b"<script>alert(1)</script>",
    "\u{202e}\u{2066}\u{1F4A3}".as_bytes(),
];

fn mutate(message: &mut Vec<u8>, rng: &mut StdRng) {
    for _ in 0..rng.random_range(0..4) {
        let at = rng.random_range(0..=message.len());
        let to = (at + rng.random_range(0..40)).min(message.len());
        match rng.random_range(0..5) {
            0 => {
                message.drain(at..to);
            }
            1 => {
                let copy = message[at..to].to_vec();
                message.splice(at..at, copy);
            }
            2 if at < message.len() => message[at] = rng.random(),
            3 => message.truncate(at),
            _ => {
                let token = TOKENS.choose(rng).copied().unwrap_or_default();
                message.splice(at..at, token.iter().copied());
            }
        }
    }
}

fn messages(seed: u64) -> Vec<Vec<u8>> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..MESSAGES)
        .map(|number| {
            let mut message = CANONICAL
                .replace("b563feb7b2b84b6test", &format!("random-{number}"))
                .into_bytes();
            if number % 50 == 0 {
                let length = rng.random_range(0..200);
                message = (0..length).map(|_| rng.random()).collect();
            }
            mutate(&mut message, &mut rng);
            message
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn random_messages_end_as_validation_says() {
    let seed = rand::random();
    println!("seed {seed}");
    let app = TestApp::start().await;
    let messages = messages(seed);
    let channel = app.setting.channel.clone();
    let published = messages.clone();
    tokio::task::spawn_blocking(move || {
        Publisher::connect(shared(), &channel).publish_at_full_speed(&published);
    })
    .await
    .expect("all are taken");
    app.wait_until_received(MESSAGES as u64).await;

    let mut orders: HashMap<String, Vec<&[u8]>> = HashMap::new();
    let mut rejected: HashMap<&[u8], &str> = HashMap::new();
    for message in &messages {
        match orders::parse(message, orders::DEFAULT_MAX_ORDER_BYTES) {
            Ok(order) => orders
                .entry(order.order_uid.to_string())
                .or_default()
                .push(message),
            Err(rejection) => {
                rejected.insert(message, rejection.reason.as_str());
            }
        }
    }
    let pool = app.database().await;
    let stored = sqlx::query("select order_uid, document::text as document from orders")
        .fetch_all(&pool)
        .await
        .expect("rows");
    assert_eq!(stored.len(), orders.len(), "one row for each uid");
    for row in &stored {
        let (uid, document): (&str, &str) = (row.get("order_uid"), row.get("document"));
        assert!(
            orders[uid].contains(&document.as_bytes()),
            "{uid}: the bytes of one of its messages"
        );
    }
    let set_aside = sqlx::query("select reason, message from rejected_messages")
        .fetch_all(&pool)
        .await
        .expect("rows");
    let mut reasons: HashMap<&[u8], &str> = HashMap::new();
    for row in &set_aside {
        let (reason, message): (&str, &[u8]) = (row.get("reason"), row.get("message"));
        if reason != "conflict" {
            reasons.insert(message, reason);
        }
    }
    assert_eq!(reasons, rejected, "seed {seed}");
    for sql in [
        "select count(distinct (name, phone, zip, city, address, region, email)) from deliveries",
        "select count(distinct (transaction, amount, payment_dt, goods_total, custom_fee)) from payments",
        "select count(distinct (chrt_id, price, total_price, nm_id, status, name)) from items",
    ] {
        sqlx::query(sql)
            .fetch_one(&pool)
            .await
            .unwrap_or_else(|error| panic!("seed {seed}: {sql}: {error}"));
    }
    app.stop().await.expect("a stop in order");
}
