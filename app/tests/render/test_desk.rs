//! A desk made for a test, and the pages that read from it.

use std::sync::{Arc, LazyLock};

use app::{
    App, OrderDesk, OrderPages,
    desk::{
        DatabaseState, Decided, FieldValue, Found, IngestState, Neighbours, OrderPage, OrderRecord,
        Pace, PageRequest, RejectedFilter, RejectedPage, RejectedView, Related, ReplayedAll, Stats,
    },
    error::Error,
    provide_desk, shell,
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    response::Response,
};
use leptos::config::LeptosOptions;
use orders::{
    Cursor, OrderSummary, OrderUid, Reason, RowSeq, Sequence, Sort, Timestamp,
    search::{Filter, Query, SearchRow, TextField},
};

/// A desk that holds these documents, and may be away.
#[derive(Default)]
pub struct TestDesk {
    pub documents: Vec<String>,
    pub rejected: Vec<RejectedView>,
    pub trouble: Option<Error>,
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

    async fn search(&self, query: &Query, page: PageRequest) -> Result<OrderPage, Error> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone());
        }
        let filter = Filter::new(query, time::OffsetDateTime::now_utc());
        let matching: Vec<_> = self
            .documents
            .iter()
            .zip(self.records())
            .rev()
            .filter(|(document, (summary, record))| {
                let order = orders::parse(document.as_bytes(), usize::MAX).unwrap();
                filter.matches(&SearchRow::new(&order, summary.seq, record.stored_at))
            })
            .map(|(_, (mut summary, _))| {
                summary.marks = filter.marks(&summary);
                summary
            })
            .collect();
        let found = Found {
            orders: matching.len() as u64,
            is_exact: true,
            searched: None,
        };
        let mut orders: Vec<_> = matching
            .into_iter()
            .filter(|row| page.cursor.is_none_or(|cursor| row.seq < cursor.seq()))
            .take(page.limit + 1)
            .collect();
        let has_next = orders.len() > page.limit;
        orders.truncate(page.limit);
        let oldest = orders.last().filter(|_| has_next);
        Ok(OrderPage {
            next: oldest.map(|oldest| Cursor::before(oldest.seq)),
            orders,
            found,
            as_of: RowSeq::default(),
        })
    }

    async fn neighbours(&self, row: &SearchRow, query: &Query, sort: Sort) -> Neighbours {
        assert_eq!(sort, Sort::Arrival, "this desk sorts by nothing else");
        let page = PageRequest {
            limit: usize::MAX - 1,
            ..PageRequest::default()
        };
        let list = self.search(query, page).await.unwrap_or_default();
        let uid = |order: &OrderSummary| order.order_uid.clone();
        let place = list.orders.iter().position(|order| order.seq == row.seq);
        Neighbours {
            previous: list.orders.iter().rfind(|it| it.seq > row.seq).map(uid),
            next: list.orders.iter().find(|it| it.seq < row.seq).map(uid),
            place: place.map(|place| place as u64 + 1),
            found: list.found,
        }
    }

    async fn related(&self, to: &OrderUid, query: &Query, limit: usize) -> Related {
        let page = PageRequest {
            limit: limit + 1,
            ..PageRequest::default()
        };
        let mut list = self.search(query, page).await.unwrap_or_default();
        list.orders.retain(|order| order.order_uid != *to);
        list.orders.truncate(limit);
        list.found.orders -= 1;
        Related {
            orders: list.orders,
            found: list.found,
        }
    }

    fn pace(&self) -> Pace {
        Pace {
            stored: vec![0, 60, 42],
            rate_per_second: 42.0,
        }
    }

    fn values(&self, _: TextField, _: &str) -> Vec<FieldValue> {
        Vec::new()
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

    fn history(&self) -> app::desk::History {
        app::desk::History::default()
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
            search: app::desk::SearchStats::default(),
            last_order: None,
        }
    }
}

pub fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub fn document(uid: &str) -> String {
    let uid = serde_json::to_string(uid).unwrap();
    format!(
        r#"{{"order_uid":{uid},"track_number":"WBIL7730418822","delivery":{{"name":"Anna <b>Petrosyan</b>","city":"Moscow"}},
  "payment":{{"amount":8074.50,"currency":"RUB","goods_total":7724.50,"delivery_cost":350,"custom_fee":0}},
  "items":[{{"name":"Mascara","brand":"Vivienne Sabo","total_price":7724.5}}],"date_created":"2026-05-12T11:32:05Z"}}"#
    )
}

pub fn desk_of(uids: impl IntoIterator<Item = impl AsRef<str>>) -> TestDesk {
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
pub async fn get(desk: TestDesk, path: &str) -> (StatusCode, String) {
    let response = ask(desk, path, &[("cookie", "theme=dark")]).await;
    let status = response.status();
    (status, text(response).await)
}

/// The page at `path` as a reader of this language gets it.
pub async fn get_in(desk: TestDesk, path: &str, language: &str) -> (StatusCode, String) {
    let response = ask(desk, path, &[("accept-language", language)]).await;
    let status = response.status();
    (status, text(response).await)
}

/// What a response holds.
pub async fn text(response: Response) -> String {
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// The answer to a request with these headers.
pub async fn ask(desk: TestDesk, path: &str, headers: &[(&str, &str)]) -> Response {
    let desk: Arc<dyn OrderDesk> = Arc::new(desk);
    LazyLock::force(&ROUTES);
    let options = LeptosOptions::builder().output_name("orderdesk").build();
    let provide = {
        let desk = Arc::clone(&desk);
        move || provide_desk(Arc::clone(&desk))
    };
    let request = headers
        .iter()
        .fold(Request::get(path), |request, (name, value)| {
            request.header(*name, *value)
        });
    let request = request.body(Body::empty()).unwrap();
    // As the server routes them.
    let uid = request.uri().path().strip_prefix("/orders/");
    let is_of_order = uid.is_some_and(|uid| !uid.is_empty() && !uid.contains('/'));
    if is_of_order || request.uri().path() == "/orders" {
        return OrderPages::new(desk, options, provide)
            .answer(request)
            .await;
    }
    let render =
        leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()));
    render(request).await
}

/// A request for a part of a page, of a reader of this language.
pub fn asked(path: &str, language: &str) -> axum::http::request::Parts {
    let request = Request::get(path).header("accept-language", language);
    request.body(()).unwrap().into_parts().0
}

/// What a reader sees: the page without its tags, comments and scripts.
pub fn words(html: &str) -> String {
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
