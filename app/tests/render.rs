//! The pages as the server renders them, read from a desk made for the test.
#![allow(
    clippy::unwrap_used,
    reason = "what makes a page here is made for the test"
)]

use std::sync::{Arc, LazyLock};

use app::{
    App, OrderDesk,
    desk::{
        DatabaseState, Decided, HexRow, IngestState, Line, Marked, OrderPage, OrderRecord, Place,
        RejectedFilter, RejectedPage, RejectedView, ReplayedAll, Stats,
    },
    error::Error,
    provide_desk, shell,
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use leptos::config::LeptosOptions;
use orders::{
    Cursor, Lookup, OrderSummary, OrderUid, Outcome, QuarantineAction, QuarantineState, Reason,
    RejectedSummary, RowSeq, Sequence, Timestamp,
};

/// A desk that holds these documents, and may be away.
#[derive(Default)]
struct TestDesk {
    documents: Vec<String>,
    rejected: Vec<RejectedView>,
    trouble: Option<Error>,
}

impl TestDesk {
    fn records(&self) -> Vec<(OrderSummary, OrderRecord)> {
        self.documents
            .iter()
            .zip(1..)
            .map(|(document, seq)| {
                let order = orders::parse(document.as_bytes(), usize::MAX).unwrap();
                let seq = RowSeq::new(seq);
                let stored_at = moment("2026-05-12T14:32:07.4162Z");
                let record = OrderRecord {
                    document: document.clone(),
                    seq,
                    channel: "updates".to_owned(),
                    sequence: Sequence::new(2_418_907),
                    published_at: moment("2026-05-12T14:32:07.414Z"),
                    stored_at,
                };
                (OrderSummary::new(&order, seq, stored_at), record)
            })
            .collect()
    }
}

#[async_trait::async_trait]
impl OrderDesk for TestDesk {
    async fn order(&self, uid: &OrderUid) -> Result<Option<OrderRecord>, Error> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        Ok(self
            .records()
            .into_iter()
            .find(|(summary, _)| summary.order_uid == *uid)
            .map(|(_, record)| record))
    }

    async fn search(
        &self,
        lookup: &Lookup,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Result<OrderPage, Error> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        let mut orders: Vec<_> = self
            .records()
            .into_iter()
            .rev()
            .map(|(summary, _)| summary)
            .filter(|row| lookup.matches(row.order_uid.as_str(), &row.track_number))
            .filter(|row| cursor.is_none_or(|cursor| row.seq < cursor.seq()))
            .take(limit + 1)
            .collect();
        let has_next = orders.len() > limit;
        orders.truncate(limit);
        let oldest = orders.last().filter(|_| has_next);
        Ok(OrderPage {
            next: oldest.map(|oldest| Cursor::before(oldest.seq)),
            orders,
        })
    }

    async fn rejected(
        &self,
        filter: RejectedFilter,
        before: Option<i64>,
    ) -> Result<RejectedPage, Error> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        let matches = |message: &&RejectedView| {
            let summary = &message.summary;
            filter.state.is_none_or(|state| state == summary.state)
        };
        let all: Vec<_> = self.rejected.iter().filter(matches).collect();
        let counts = Reason::ALL
            .into_iter()
            .map(|reason| {
                let of_reason = all.iter().filter(|one| one.summary.reason == reason);
                (reason, of_reason.count() as u64)
            })
            .filter(|(_, messages)| *messages > 0)
            .collect();
        let mut rejected: Vec<_> = all
            .into_iter()
            .map(|message| message.summary.clone())
            .filter(|summary| filter.reason.is_none_or(|reason| reason == summary.reason))
            .filter(|summary| before.is_none_or(|before| summary.id < before))
            .collect();
        rejected.sort_unstable_by_key(|summary| std::cmp::Reverse(summary.id));
        let has_next = rejected.len() > app::desk::DEFAULT_PAGE;
        rejected.truncate(app::desk::DEFAULT_PAGE);
        Ok(RejectedPage {
            next: rejected.last().filter(|_| has_next).map(|last| last.id),
            rejected,
            counts,
        })
    }

    async fn rejected_message(&self, id: i64) -> Result<Option<RejectedView>, Error> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        let found = self.rejected.iter().find(|one| one.summary.id == id);
        Ok(found.cloned())
    }

    // Pages only read; what is decided is tested on the real servers.
    async fn replay(&self, _: i64, _: bool) -> Result<Decided, Error> {
        Err(Error::NotFound)
    }

    async fn replay_all(&self, _: RejectedFilter, _: &str) -> Result<ReplayedAll, Error> {
        Err(Error::Unavailable)
    }

    async fn discard(&self, _: i64, _: &str) -> Result<Decided, Error> {
        Err(Error::NotFound)
    }

    fn stats(&self) -> Stats {
        let orders = self.documents.len() as u64;
        Stats {
            orders,
            received: orders,
            stored: orders,
            repeats: 0,
            conflicts: 0,
            rejected: 0,
            in_quarantine: self.rejected.len() as u64,
            redelivered: 0,
            rate_per_second: 42.0,
            lag: None,
            missing: None,
            forgotten: None,
            incarnation: None,
            trouble: None,
            channel: "updates".to_owned(),
            ingest: IngestState::Receiving,
            database: DatabaseState::Up,
            cache: app::desk::CacheStats::default(),
            last_order: None,
        }
    }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn document(uid: &str) -> String {
    let uid = serde_json::to_string(uid).unwrap();
    format!(
        r#"{{"order_uid":{uid},"track_number":"WBIL7730418822","delivery":{{"name":"Anna <b>Petrosyan</b>","city":"Moscow"}},
  "payment":{{"amount":8074.50,"currency":"RUB","goods_total":7724.50,"delivery_cost":350,"custom_fee":0}},
  "items":[{{"name":"Mascara","brand":"Vivienne Sabo","total_price":7724.5}}],"date_created":"2026-05-12T11:32:05Z"}}"#
    )
}

fn desk_of(uids: impl IntoIterator<Item = impl AsRef<str>>) -> TestDesk {
    TestDesk {
        documents: uids.into_iter().map(|uid| document(uid.as_ref())).collect(),
        ..TestDesk::default()
    }
}

/// Making the list of routes starts Leptos' executor, as in the server. While
/// it is made, no page of the whole process loads anything: it is made once.
static ROUTES: LazyLock<Vec<leptos_axum::AxumRouteListing>> =
    LazyLock::new(|| leptos_axum::generate_route_list(App));

/// The page at `path`, and its status.
async fn get(desk: TestDesk, path: &str) -> (StatusCode, String) {
    let desk: Arc<dyn OrderDesk> = Arc::new(desk);
    LazyLock::force(&ROUTES);
    let options = LeptosOptions::builder().output_name("orderdesk").build();
    let render = leptos_axum::render_app_async_with_context(
        move || provide_desk(Arc::clone(&desk)),
        move || shell(options.clone()),
    );
    let request = Request::get(path)
        .header("cookie", "theme=dark")
        .body(Body::empty())
        .unwrap();
    let response = render(request).await;
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// What a reader sees: the page without its tags, comments and scripts.
fn words(html: &str) -> String {
    let mut text = String::new();
    let body = html.split_once("<body>").unwrap().1;
    for part in body.split('<').skip(1) {
        if part.starts_with("script") {
            continue;
        }
        text.push(' ');
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_desk_lists_the_newest_first() {
    let uids = (1..=51).map(|number| format!("order-{number}"));
    let (status, html) = get(desk_of(uids), "/").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("51 orders"), "{words}");
    assert!(words.find("order-51") < words.find("order-50"));
    assert!(!words.contains("order-1 "), "the last is on the next page");
    assert!(html.contains(r#"href="/?cursor=b2""#), "{html}");
    assert!(
        words.contains("Anna &lt;b"),
        "what was sent is no markup: {words}"
    );
    assert!(html.contains(r#"data-theme="dark""#));
}

#[tokio::test]
async fn what_was_looked_up_is_marked_and_kept() {
    let (status, html) = get(desk_of(["abcdef", "other"]), "/?q=CDE").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("<mark>cde</mark>"), "{html}");
    assert!(html.contains(r#"value="CDE""#));
    assert!(!words(&html).contains("other"));
}

#[tokio::test]
async fn an_empty_desk_says_how_to_begin() {
    let (status, html) = get(TestDesk::default(), "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(words(&html).contains("No orders yet Everything is ready."));
}

#[tokio::test]
async fn an_order_has_its_figures_and_its_bytes_as_sent() {
    let (status, html) = get(desk_of(["b563"]), "/orders/b563").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("8,074.50"), "{words}");
    assert!(
        words
            .contains("Adds up: the items make 7,724.5, and goods, delivery and fee make 8,074.5.")
    );
    assert!(words.contains("sequence 2,418,907"), "{words}");
    assert!(words.contains("stored after 2.2 ms"), "{words}");
    // In the document itself, digit for digit.
    assert!(words.contains("7724.50"), "{words}");
}

#[tokio::test]
async fn every_uid_has_a_page_that_its_link_leads_to() {
    for uid in [
        "a/b?c#d",
        "100%25",
        "a+b c",
        "заказ №1",
        "\"<b>'&",
        "\\",
        "..",
        "%",
    ] {
        let (_, html) = get(desk_of([uid]), "/").await;
        let (_, link) = html.split_once(r#"href="/orders"#).unwrap();
        let link = link.split_once('"').unwrap().0.replace("&amp;", "&");
        let (status, html) = get(desk_of([uid]), &format!("/orders{link}")).await;
        assert_eq!(status, StatusCode::OK, "{uid} {link}");
        assert!(words(&html).contains("Adds up"), "{uid}");
    }
}

#[tokio::test]
async fn a_title_is_text_whatever_was_sent() {
    let hostile = "</title><script>alert(1)</script>";
    let encoded = "%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for path in [format!("/orders/{encoded}"), format!("/?q={encoded}")] {
        let (status, html) = get(desk_of([hostile]), &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!html.contains("<script>alert(1)"), "{path}: {html}");
        assert!(html.contains("&lt;/title&gt;"), "{path}: {html}");
    }
}

#[tokio::test]
async fn carriage_returns_survive_the_parser_of_html() {
    let desk = TestDesk {
        documents: vec![document("returns").replace('\n', "\r\n")],
        ..TestDesk::default()
    };
    let (_, html) = get(desk, "/orders/returns").await;
    assert!(html.contains("&#13;\n"), "{html}");
    let (_, source) = html.split_once("JSON as published").unwrap();
    let (source, _) = source.split_once("</pre>").unwrap();
    assert!(!source.contains('\r'), "{source}");
}

#[tokio::test]
async fn each_failure_has_its_page_and_its_status() {
    let away = || TestDesk {
        trouble: Some(Error::Unavailable),
        ..TestDesk::default()
    };
    let broken = || TestDesk {
        trouble: Some(Error::Internal),
        ..TestDesk::default()
    };
    let long = format!("/?q={}", "a".repeat(129));
    let cases = [
        (desk_of(["a"]), "/orders/b", 404, "No order b"),
        (
            desk_of(["a"]),
            "/orders/%00",
            404,
            "No order can have this number",
        ),
        (desk_of(["a"]), "/orders/", 404, "No page here"),
        (desk_of(["a"]), "/nowhere", 404, "No page here"),
        (desk_of(["a"]), &long, 400, "longer than 128 characters"),
        (desk_of(["a"]), "/?cursor=x", 400, "start again without one"),
        (away(), "/orders/a", 503, "The database is away"),
        (away(), "/", 503, "The database is away"),
        (away(), "/rejected", 503, "The database is away"),
        (away(), "/rejected/1", 503, "The database is away"),
        (desk_of(["a"]), "/rejected/1", 404, "No such message"),
        (desk_of(["a"]), "/rejected/x", 404, "No such message"),
        (
            desk_of(["a"]),
            "/rejected?reason=x",
            400,
            "There is no such reason",
        ),
        (
            desk_of(["a"]),
            "/rejected?from=yesterday",
            400,
            "A time is written like",
        ),
        (
            desk_of(["a"]),
            "/rejected?cursor=x",
            400,
            "start again without one",
        ),
        (
            broken(),
            "/orders/a",
            500,
            "Something broke inside Orderdesk",
        ),
        (broken(), "/", 500, "Something broke inside Orderdesk"),
    ];
    for (desk, path, status, expected) in cases {
        let (found, html) = get(desk, path).await;
        assert_eq!(found.as_u16(), status, "{path}");
        assert!(words(&html).contains(expected), "{path}: {}", words(&html));
    }
}

fn rejected(id: i64, reason: orders::Reason, state: QuarantineState) -> RejectedView {
    let part = |before: &str, place: &str, after: &str| Marked {
        before: before.to_owned(),
        place: place.to_owned(),
        after: after.to_owned(),
    };
    RejectedView {
        summary: RejectedSummary {
            id,
            state,
            reason,
            path: "payment.amount".to_owned(),
            detail: "invalid type: string \"<b>18</b>\", expected a number".to_owned(),
            order_uid: Some("a/b".to_owned()),
            channel: "updates".to_owned(),
            sequence: Sequence::new(2_418_744),
            published_at: moment("2026-05-12T14:31:12Z"),
            rejected_at: moment("2026-05-12T14:31:13Z"),
            size_bytes: 611,
        },
        actions: vec![QuarantineAction {
            id: 1,
            outcome: Outcome::Invalid,
            order_uid: None,
            note: "<i>still</i>".to_owned(),
            at: moment("2026-05-12T15:00:00Z"),
        }],
        place: Some(Place {
            line: 19,
            column: 15,
            byte: 461,
        }),
        lines: vec![Line {
            number: 19,
            text: part("\"amount\": ", "\"<b>18</b>\"", ",\n"),
            is_bad: true,
        }],
        hex: vec![HexRow {
            at: "000001c0".to_owned(),
            bytes: part("61 6d ", "22 31 38 ", "22 "),
            ascii: part("am", "\"18", "\""),
        }],
        is_text_cut: true,
        is_hex_cut: true,
    }
}

fn quarantine(messages: impl IntoIterator<Item = RejectedView>) -> TestDesk {
    TestDesk {
        rejected: messages.into_iter().collect(),
        ..TestDesk::default()
    }
}

#[tokio::test]
async fn the_quarantine_is_listed_by_reason_state_and_time() {
    let messages = || {
        (1..=53).map(|id| match id {
            52 => rejected(id, Reason::Conflict, QuarantineState::Open),
            53 => rejected(id, Reason::WrongType, QuarantineState::Discarded),
            _ => rejected(id, Reason::WrongType, QuarantineState::Open),
        })
    };
    let (status, html) = get(quarantine(messages()), "/rejected").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("All 52 Wrong type 51 Conflict 1"), "{words}");
    assert!(words.contains("50 of 52 shown"), "{words}");
    assert!(html.contains(r#"href="/rejected/52""#), "{html}");
    assert!(!html.contains(r#"href="/rejected/53""#), "it is closed");
    assert!(html.contains(r#"href="/rejected?cursor=3""#), "{html}");
    assert!(html.contains(r#"action="/api/fn/replay_all""#), "{html}");
    assert!(!html.contains("<b>18"), "what was sent is no markup");
    assert!(html.contains("<title>52 rejected messages"), "{html}");

    let filter = "?reason=conflict&state=open&from=2026-05-12T14:00";
    let (_, html) = get(quarantine(messages()), &format!("/rejected{filter}")).await;
    assert!(html.contains(r#"value="2026-05-12T14:00:00""#), "{html}");
    assert!(html.contains(r#"href="/rejected/52""#));
    assert!(!html.contains(r#"href="/rejected/51""#));
    let (_, html) = get(quarantine(messages()), "/rejected?state=discarded").await;
    assert!(html.contains(r#"href="/rejected/53""#));
    assert!(!html.contains("replay_all"), "nothing of it is open");
    let (_, html) = get(quarantine([]), "/rejected?replayed=12&closed=5").await;
    let said = self::words(&html);
    assert!(
        said.contains("12 messages replayed: 5 closed, 7 still open."),
        "{said}"
    );
}

#[tokio::test]
async fn a_rejected_message_shows_its_fault_and_what_can_be_done() {
    let desk = || quarantine([rejected(7, Reason::WrongType, QuarantineState::Open)]);
    let (status, html) = get(desk(), "/rejected/7").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("line 19, column 15, byte 461"), "{words}");
    assert!(words.contains("still no valid order"), "{words}");
    assert!(html.contains("&lt;i&gt;still"), "{html}");
    assert!(
        html.contains(r#"<span class="place">"&lt;b&gt;18&lt;/b&gt;"</span>"#),
        "{html}"
    );
    assert!(html.contains(r#"href="/orders/a%2Fb""#), "{html}");
    for part in [r#"action="/api/fn/replay""#, r#"action="/api/fn/discard""#] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Make this the order"));
    let (_, html) = get(desk(), "/rejected/7?failed=away").await;
    assert!(self::words(&html).contains("the database does not answer"));

    let conflict = rejected(7, Reason::Conflict, QuarantineState::Open);
    let (_, html) = get(quarantine([conflict]), "/rejected/7").await;
    assert!(html.contains(r#"name="resolve" value="replace""#), "{html}");
    let closed = rejected(7, Reason::Conflict, QuarantineState::Replayed);
    let (_, html) = get(quarantine([closed]), "/rejected/7").await;
    assert!(!html.contains("/api/fn/replay"), "{html}");
}
