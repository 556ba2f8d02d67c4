//! What a page shows beside its order: its neighbours in a list are compared
//! with PostgreSQL's own, and the customer's other orders are found.

use sqlx::{PgPool, Row as _};

use crate::{
    search::{documents, order_by, questions},
    test_app::{TestApp, order},
};

/// Orders of each list whose pages are read, at most.
const PAGES: usize = 12;

/// The uid that the page's link of this kind leads to.
fn linked(page: &str, rel: &str) -> Option<String> {
    let (before, _) = page.split_once(&format!("rel=\"{rel}\""))?;
    let (_, link) = before.rsplit_once("href=\"/orders/")?;
    let end = link.find(['?', '"']).expect("the end of an address");
    Some(link[..end].to_owned())
}

/// What the page says of the order's place: `3 of 1,284`.
fn place(page: &str) -> Option<&str> {
    let (_, place) = page.split_once("class=\"num nowrap\">")?;
    Some(place.split_once('<').expect("a tag").0)
}

fn grouped(number: i64) -> String {
    let digits = number.to_string();
    match digits.len() {
        0..=3 => digits,
        length => format!("{},{}", &digits[..length - 3], &digits[length - 3..]),
    }
}

async fn page(app: &TestApp, uid: &str, query: &str, sort: &str) -> String {
    let mut address = url::form_urlencoded::Serializer::new(format!("/orders/{uid}?"));
    address.append_pair("q", query).append_pair("sort", sort);
    let response = app.get(&address.finish()).await;
    assert_eq!(response.status(), 200, "{uid}");
    response.text().await.expect("a page")
}

async fn assert_agrees(app: &TestApp, database: &PgPool) {
    for (typed, condition) in questions() {
        for sort in ["arrival", "date", "amount"] {
            let by = order_by(sort);
            let sql = format!(
                "select order_uid, lag(order_uid) over w as previous, lead(order_uid) over w as next, \
                 row_number() over w as place, count(*) over () as found \
                 from (select seq, order_uid, document as d from orders) o \
                 where {condition} window w as (order by {by}) order by place"
            );
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                .fetch_all(database)
                .await
                .unwrap_or_else(|error| panic!("{condition}: {error}"));
            // The first, the last, and some between.
            let step = rows.len().div_ceil(PAGES).max(1);
            for row in rows.iter().step_by(step).chain(rows.last()) {
                let uid: String = row.get("order_uid");
                let page = page(app, &uid, &typed, sort).await;
                let context = format!("{uid} in {typed} by {sort}");
                assert_eq!(linked(&page, "prev"), row.get("previous"), "{context}");
                assert_eq!(linked(&page, "next"), row.get("next"), "{context}");
                let (at, found) = (grouped(row.get("place")), grouped(row.get("found")));
                let expected = format!("{at} of {found}");
                assert_eq!(place(&page), Some(expected.as_str()), "{context}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_agree_with_postgresql() {
    let app = TestApp::start().await;
    app.publish(documents()).await;
    let database = app.database().await;
    assert_agrees(&app, &database).await;
    let setting = app.setting.clone();
    app.stop().await.expect("a stop in order");
    // After a start the columns are made from the store.
    let app = TestApp::start_with(setting).await;
    app.wait_until_ready().await;
    app.wait_until("everything to be searchable", async || {
        app.stats().await["search"]["complete"] == true
    })
    .await;
    assert_agrees(&app, &database).await;
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_walked_from_its_first_order_to_its_last() {
    let app = TestApp::start().await;
    let mut documents = vec![order("just", "")];
    documents.extend((0..30).map(|number| order(&format!("just-{number}"), "")));
    app.publish(documents).await;
    // The very uid comes first, as in the list.
    let mut expected = vec!["just".to_owned()];
    expected.extend((0..30).rev().map(|number| format!("just-{number}")));
    let mut walked = vec!["just".to_owned()];
    let mut back = Vec::new();
    loop {
        let uid = walked.last().expect("one at least").clone();
        let page = page(&app, &uid, "just", "").await;
        assert_eq!(
            place(&page),
            Some(format!("{} of 31", walked.len()).as_str())
        );
        back.push(linked(&page, "prev"));
        match linked(&page, "next") {
            Some(next) => walked.push(next),
            None => break,
        }
    }
    assert_eq!(walked, expected);
    let mut before: Vec<_> = walked.into_iter().map(Some).collect();
    before.insert(0, None);
    before.pop();
    assert_eq!(back, before);
    app.stop().await.expect("a stop in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_outside_of_the_list_stands_where_it_would() {
    let app = TestApp::start().await;
    app.publish(vec![order("in-1", ""), order("out", ""), order("in-2", "")])
        .await;
    let found = page(&app, "out", "in-", "").await;
    assert_eq!(linked(&found, "prev").as_deref(), Some("in-2"));
    assert_eq!(linked(&found, "next").as_deref(), Some("in-1"));
    assert_eq!(place(&found), None);
    // Without a list, and with one that cannot be understood: by arrival.
    for query in ["", "amont:5"] {
        let found = page(&app, "in-2", query, "").await;
        assert_eq!(linked(&found, "prev"), None);
        assert_eq!(linked(&found, "next").as_deref(), Some("out"));
        assert_eq!(place(&found), Some("1 of 3"));
    }
    app.stop().await.expect("a stop in order");
}

/// A part of the page by the id of its heading.
fn section<'a>(page: &'a str, id: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("aria-labelledby=\"{id}\""))?;
    Some(rest.split_once("</section>").expect("its end").0)
}

#[tokio::test(flavor = "multi_thread")]
async fn other_orders_of_the_customer_and_the_track_number_are_listed() {
    let app = TestApp::start().await;
    let of = |uid: &str, customer: &str, track: &str| {
        String::from_utf8(order(uid, &format!(r#","customer_id":"{customer}""#)))
            .expect("text")
            .replace(&format!("TRACK{uid}"), track)
            .into_bytes()
    };
    let mut documents: Vec<_> = (0..7)
        .map(|n| of(&format!("o{n}"), "Anna P", "T1"))
        .collect();
    documents.push(of("alone", "Other", "T2"));
    documents.push(of("parcel", "Third", "T2"));
    app.publish(documents).await;
    let page = app.get("/orders/o3").await.text().await.expect("a page");
    let customer = section(&page, "related-customer").expect("other orders");
    let shown: Vec<_> = ["o0", "o1", "o2", "o3", "o4", "o5", "o6"]
        .into_iter()
        .filter(|uid| customer.contains(&format!("/orders/{uid}\"")))
        .collect();
    assert_eq!(shown, ["o2", "o4", "o5", "o6"]);
    assert!(customer.find("o6") < customer.find("o5"), "newest first");
    assert!(customer.contains("6 orders"), "{customer}");
    assert!(
        customer.contains("/?q=customer%3A%3D%22Anna%20P%22"),
        "{customer}"
    );
    let page = app.get("/orders/alone").await.text().await.expect("a page");
    assert_eq!(section(&page, "related-customer"), None);
    let track = section(&page, "related-track").expect("another order");
    assert!(track.contains("/orders/parcel\"") && track.contains("1 order"));
    app.stop().await.expect("a stop in order");
}
