//! Search: its answers are compared row by row with PostgreSQL's own, on every
//! page, in every order.

use std::collections::BTreeSet;

use orderdesk_publish::generate;
use orders::{Order, Timestamp};
use reqwest::StatusCode;
use sqlx::PgPool;

use crate::test_app::{TestApp, order};

/// More than one chunk of the columns.
const ORDERS: u64 = 4_500;

const SEED: u64 = 20_261_124;

pub fn documents() -> Vec<Vec<u8>> {
    (0..ORDERS)
        .map(|index| generate::bytes(&generate::order(SEED, index)))
        .collect()
}

/// Searches, each with what PostgreSQL is asked instead. `d` is the document.
pub fn questions() -> Vec<(String, String)> {
    let chosen: Vec<Order> = [7, 1_234, 4_321].map(|n| generate::order(SEED, n)).into();
    let mut questions = vec![
        (String::new(), "true".to_owned()),
        ("qqzzxx".to_owned(), "false".to_owned()),
        (
            "items:>2".to_owned(),
            "json_array_length(d->'items') > 2".to_owned(),
        ),
        (
            "items:2 -currency:usd".to_owned(),
            "json_array_length(d->'items') = 2 and d->'payment'->>'currency' not ilike '%usd%'"
                .to_owned(),
        ),
        (
            "amount:1000..2500.50".to_owned(),
            amount("between 1000 and 2500.50"),
        ),
        (
            "amount:<=3000 date:2025-10".to_owned(),
            format!(
                "{} and (d->>'date_created')::timestamptz >= '2025-10-01Z' and (d->>'date_created')::timestamptz < '2025-11-01Z'",
                amount("<= 3000")
            ),
        ),
        ("status:202".to_owned(), line("(i->>'status')::int = 202")),
        (
            "-status:202".to_owned(),
            format!("not {}", line("(i->>'status')::int = 202")),
        ),
        ("received:1h".to_owned(), "true".to_owned()),
        ("received:2020".to_owned(), "false".to_owned()),
    ];
    for order in &chosen {
        questions.extend(questions_about(order));
    }
    questions
}

fn questions_about(order: &Order) -> Vec<(String, String)> {
    let uid = order.order_uid.as_str();
    let city = &order.delivery.city;
    let brand = order.items.first().map_or("Mango", |item| &item.brand);
    let phone = orders::search::digits(&order.delivery.phone);
    let tail = &phone[phone.len() - 5..];
    let part: String = order.delivery.name.chars().skip(1).take(4).collect();
    let login = order.delivery.email.split('@').next().unwrap_or_default();
    let digits = "regexp_replace(d->'delivery'->>'phone', '[^0-9]', '', 'g')";
    let anywhere = |text: &str| {
        let text = quoted(text);
        format!(
            "(position({text} in lower(d->>'order_uid')) > 0
              or position({text} in lower(d->>'track_number')) > 0
              or position({text} in lower(d->>'customer_id')) > 0
              or position({text} in lower(d->'delivery'->>'name')) > 0
              or position({text} in lower(d->'delivery'->>'email')) > 0
              or position({text} in lower(d->'delivery'->>'city')) > 0
              or {})",
            line(&format!(
                "position({text} in lower(i->>'brand')) > 0 or position({text} in lower(i->>'name')) > 0"
            ))
        )
    };
    let is = |path: &str, value: &str| format!("lower({path}) = lower({})", quoted(value));
    let brand_is = line(&is("i->>'brand'", brand));
    vec![
        (format!("uid:={uid}"), is("d->>'order_uid'", uid)),
        (
            uid[2..6].to_uppercase(),
            anywhere(&uid[2..6].to_lowercase()),
        ),
        (
            order.track_number.to_lowercase(),
            is("d->>'track_number'", &order.track_number),
        ),
        (
            format!("customer:={}", order.customer_id),
            is("d->>'customer_id'", &order.customer_id),
        ),
        (
            format!("name:\"{part}\""),
            format!("position({} in d->'delivery'->>'name') > 0", quoted(&part)),
        ),
        (
            format!("phone:{tail}"),
            format!("position('{tail}' in {digits}) > 0"),
        ),
        (
            format!("email:{login}@"),
            format!(
                "position({} in lower(d->'delivery'->>'email')) > 0",
                quoted(&format!("{login}@").to_lowercase())
            ),
        ),
        (
            format!("city:=\"{city}\""),
            is("d->'delivery'->>'city'", city),
        ),
        (format!("brand:=\"{brand}\""), brand_is.clone()),
        (
            format!("city:=\"{city}\" brand:=\"{brand}\" amount:>2000"),
            format!(
                "{} and {brand_is} and {}",
                is("d->'delivery'->>'city'", city),
                amount("> 2000")
            ),
        ),
        (
            format!(
                "bank:={} provider:={}",
                order.payment.bank, order.payment.provider
            ),
            format!(
                "{} and {}",
                is("d->'payment'->>'bank'", &order.payment.bank),
                is("d->'payment'->>'provider'", &order.payment.provider)
            ),
        ),
        (
            format!("delivery:={} -city:=\"{city}\"", order.delivery_service),
            format!(
                "{} and not {}",
                is("d->>'delivery_service'", &order.delivery_service),
                is("d->'delivery'->>'city'", city)
            ),
        ),
        (
            format!(
                "nm_id:{}",
                order.items.first().and_then(|item| item.nm_id).unwrap_or(0)
            ),
            line(&format!(
                "(i->>'nm_id')::bigint = {}",
                order.items.first().and_then(|item| item.nm_id).unwrap_or(0)
            )),
        ),
    ]
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn amount(range: &str) -> String {
    format!("(d->'payment'->>'amount')::numeric {range}")
}

fn line(condition: &str) -> String {
    format!("exists (select from json_array_elements(d->'items') i where {condition})")
}

/// What a list is ordered by, in SQL.
pub fn order_by(sort: &str) -> &'static str {
    match sort {
        "date" => "(d->>'date_created')::timestamptz desc, seq desc",
        "amount" => "(d->'payment'->>'amount')::numeric desc nulls last, seq desc",
        _ => "seq desc",
    }
}

/// What PostgreSQL finds, in the order of the list.
async fn expected(database: &PgPool, condition: &str, sort: &str) -> Vec<String> {
    let by = order_by(sort);
    let sql = format!(
        "select order_uid from (select seq, order_uid, document as d from orders) o where {condition} order by {by}"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_all(database)
        .await
        .unwrap_or_else(|error| panic!("{condition}: {error}"))
}

fn address(query: &[(&str, &str)]) -> String {
    let mut encoded = url::form_urlencoded::Serializer::new(String::new());
    format!("/api/orders?{}", encoded.extend_pairs(query).finish())
}

/// What the service finds, on all pages, and how many it says there are.
async fn found(app: &TestApp, typed: &str, sort: &str, limit: usize) -> (Vec<String>, u64) {
    let mut uids = Vec::new();
    let mut cursor = String::new();
    loop {
        let response = app
            .get(&address(&[
                ("q", typed),
                ("sort", sort),
                ("cursor", &cursor),
                ("limit", &limit.to_string()),
            ]))
            .await;
        assert_eq!(response.status(), StatusCode::OK, "{typed}");
        let page: serde_json::Value = response.json().await.expect("JSON");
        let orders = page["orders"].as_array().expect("a list");
        assert!(orders.len() <= limit);
        uids.extend(
            orders
                .iter()
                .map(|order| order["order_uid"].as_str().expect("a uid").to_owned()),
        );
        assert_eq!(page["found"]["is_exact"], true, "{typed}");
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return (uids, page["found"]["orders"].as_u64().expect("a number")),
        }
    }
}

async fn assert_agrees(app: &TestApp, database: &PgPool) {
    for (typed, condition) in questions() {
        for (sort, limit) in [("arrival", 200), ("date", 173), ("amount", 200)] {
            let (uids, count) = found(app, &typed, sort, limit).await;
            let expected = expected(database, &condition, sort).await;
            assert_eq!(uids, expected, "{typed} by {sort}");
            assert_eq!(count, expected.len() as u64, "{typed}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_agree_with_postgresql_row_by_row() {
    let app = TestApp::start().await;
    app.publish(documents()).await;
    let database = app.database().await;
    assert_agrees(&app, &database).await;
    // After a start the columns are made from the store.
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    app.wait_until("everything to be searchable", async || {
        app.stats().await["search"]["complete"] == true
    })
    .await;
    assert_eq!(app.stats().await["search"]["entries"], ORDERS);
    assert_agrees(&app, &database).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_found_the_moment_it_is_visible() {
    let app = TestApp::start().await;
    for number in 0..50 {
        let uid = format!("moment{number}x");
        app.publish(vec![order(&uid, "")]).await;
        let (uids, _) = found(&app, &format!("TRACK{uid}"), "arrival", 10).await;
        assert_eq!(uids, [uid]);
    }
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_very_uid_comes_first_and_once() {
    let app = TestApp::start().await;
    let mut documents = vec![order("just", "")];
    documents.extend((0..60).map(|number| order(&format!("just-{number}"), "")));
    app.publish(documents).await;
    let (uids, count) = found(&app, "just", "arrival", 20).await;
    assert_eq!((uids[0].as_str(), count), ("just", 61));
    let different: BTreeSet<_> = uids.iter().collect();
    assert_eq!((uids.len(), different.len()), (61, 61));
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_and_values_are_offered() {
    let app = TestApp::start().await;
    app.publish(vec![
        order("a1", r#","delivery_service":"Meest""#),
        order("a2", r#","delivery_service":"Meest""#),
        order("a3", r#","delivery_service":"CDEK""#),
    ])
    .await;
    for (typed, sort, cursor) in [
        ("amont:5", "", ""),
        ("city:\"x", "", ""),
        ("x", "nothing", ""),
        ("x", "date", "b1"),
        ("x", "", "nothing"),
    ] {
        let response = app
            .get(&address(&[
                ("q", typed),
                ("sort", sort),
                ("cursor", cursor),
            ]))
            .await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{typed}");
        let problem: serde_json::Value = response.json().await.expect("JSON");
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|text| text.ends_with(['.', '?'])),
            "{problem}"
        );
    }
    let values = app.json("/api/fn/values?field=delivery&part=e").await;
    assert_eq!(
        values,
        serde_json::json!([{"value": "Meest", "count": 2}, {"value": "CDEK", "count": 1}])
    );
    assert_eq!(
        app.json("/api/fn/values?field=uid&part=a").await,
        serde_json::json!([])
    );
    app.stop().await.expect("a stop in order");
}

#[test]
fn the_made_up_orders_are_placed_at_different_times() {
    let moments: BTreeSet<Timestamp> = (0..50)
        .map(|index| generate::order(SEED, index).date_created)
        .collect();
    assert!(moments.len() > 40);
}
