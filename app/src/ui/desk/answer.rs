//! The answer to a question, as the server renders it.
//!
//! What changes from answer to answer stands in elements with `data-part`; what
//! the browser has to know of it in attributes of the element [`ANSWER`].

use leptos::prelude::*;
use orders::OrderSummary;
use serde::{Deserialize, Serialize};

use super::{
    chips::Chips, heading::Heading, note::Note, nothing::Nothing, orders_table::OrdersTable,
    pager::Pager, question::Question, results_bar::ResultsBar, table_view::TableView,
    trouble::Trouble, welcome::Welcome,
};
use crate::{
    desk::{OrderDesk, OrderPage, Pace, PageRequest, Stats},
    error::Error,
    ui::{components::StreamNotice, format::links, language::Locale, reader::locale},
};

/// The id of the element that holds an answer.
pub(super) const ANSWER: &str = "answer";

/// What was asked, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// The orders, or why there are none.
    pub outcome: Result<OrderPage, Error>,
    /// Rows that the browser shows above these already.
    pub above: usize,
    /// Whether the top of the list is on another page.
    pub is_further_down: bool,
}

/// What a list looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Rows,
    Nothing,
    Mistake,
    Trouble,
    FirstRun,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Nothing => "nothing",
            Self::Mistake => "mistake",
            Self::Trouble => "trouble",
            Self::FirstRun => "first-run",
        }
    }
}

impl Answer {
    /// Asks the desk. A mistake is not looked up: the answer is known.
    pub async fn find(desk: &dyn OrderDesk, question: Question) -> Self {
        let outcome = match question.read() {
            Ok((query, sort, cursor)) => {
                let page = PageRequest {
                    sort,
                    cursor,
                    ..PageRequest::default()
                };
                desk.search(&query, page).await
            }
            Err(mistake) => Err(Error::invalid("q", mistake.sentence(Locale::en))),
        };
        Self {
            is_further_down: question.is_further_down(),
            question,
            outcome,
            above: 0,
        }
    }

    fn state(&self, stats: Option<&Stats>) -> State {
        match &self.outcome {
            Err(Error::Invalid { .. }) => State::Mistake,
            Err(_) => State::Trouble,
            Ok(page) if !page.orders.is_empty() => State::Rows,
            Ok(_) => {
                let is_empty = stats.is_none_or(|stats| stats.orders == 0);
                let is_of_all = self.question.is_live() && self.question.is_of_everything();
                if is_empty && is_of_all {
                    State::FirstRun
                } else {
                    State::Nothing
                }
            }
        }
    }

    /// The address of the order whose number was asked for, if there is just one.
    fn exact(&self) -> Option<String> {
        let page = self.outcome.as_ref().ok()?;
        exact_order(self.question.typed.trim(), &page.orders)
            .map(|order| links::order_page(order.order_uid.as_str()))
    }

    /// The newest row that the list took into account.
    fn newest(&self) -> orders::RowSeq {
        self.outcome.as_ref().map_or_else(
            |_| orders::RowSeq::default(),
            |page| {
                let newest = page.orders.iter().map(|order| order.seq).max();
                page.as_of.max(newest.unwrap_or_default())
            },
        )
    }
}

/// The order whose uid is `asked`, or the only one, if that is its track number.
pub(in crate::ui) fn exact_order<'a>(
    asked: &str,
    orders: &'a [OrderSummary],
) -> Option<&'a OrderSummary> {
    let (first, rest) = orders.split_first()?;
    let is_uid = first.order_uid.as_str() == asked;
    let is_only_track = rest.is_empty() && first.track_number.eq_ignore_ascii_case(asked);
    (!asked.is_empty() && (is_uid || is_only_track)).then_some(first)
}

/// The answer, for a page or for the browser that asked for it.
#[component]
pub fn AnswerParts(
    /// The answer.
    answer: Answer,
    /// How things stand.
    stats: Option<Stats>,
    /// How orders came in lately.
    pace: Pace,
    /// How the reader wants the table.
    view: TableView,
) -> impl IntoView {
    let kind = answer.state(stats.as_ref());
    let locale = locale();
    let title = answer.question.title(locale);
    let newest = answer.newest().to_string();
    let exact = answer.exact();
    let Answer {
        question,
        outcome,
        above,
        is_further_down,
    } = answer;
    let page = outcome.as_ref().ok().cloned().unwrap_or_default();
    let is_filling = page.found.searched.is_some();
    let heading = Heading::of(&question, page.found, page.orders.len());
    let says = heading.words(locale);
    let note = (kind == State::Mistake)
        .then(|| question.mistake())
        .flatten()
        .map(|mistake| {
            let mistake = mistake.sentence(locale);
            view! { <Note mistake question=question.clone() /> }
        });
    let chips = (kind != State::Mistake).then(|| view! { <Chips question=question.clone() /> });
    let pager = matches!(kind, State::Rows | State::Nothing).then(|| {
        view! { <Pager question=question.clone() next=page.next heading=heading.clone() above is_further_down /> }
    });
    let is_live = question.is_live();
    let list = match (kind, outcome) {
        (State::Trouble, Err(trouble)) => {
            view! { <Trouble trouble again=question.address() /> }.into_any()
        }
        (State::FirstRun, _) => view! { <Welcome stats /> }.into_any(),
        (State::Rows, _) => {
            view! { <OrdersTable orders=page.orders question=question.clone() /> }.into_any()
        }
        (State::Nothing, _) => view! { <Nothing question=question.clone() /> }.into_any(),
        _ => ().into_any(),
    };
    let dense = view.is_compact.then_some("");
    let hidden = view.hidden_names();
    let has_heading = !matches!(kind, State::Trouble | State::FirstRun);
    view! {
        <div
            class="desk__parts"
            id=ANSWER
            data-state=kind.name()
            data-title=title
            data-says=says
            data-newest=newest
            data-live=is_live.then_some("")
            data-filling=is_filling.then_some("")
            data-exact=exact
        >
            <div data-part="note">{note}</div>
            <div data-part="terms">{chips}</div>
            <StreamNotice />
            <p class="sr-only" role="status" data-announcement=""></p>
            <section
                class="results"
                aria-labelledby="found"
                data-dense=dense
                data-hidden=hidden
            >
                <ResultsBar heading has_heading view question pace />
                <div data-part="list">{list}</div>
                <div data-part="more">{pager}</div>
            </section>
        </div>
    }
    .into_any()
}

/// Renders the answer to the query of an address, as `GET /desk` sends it.
///
/// Beside what an address of the desk asks, `above` says how many rows the
/// browser shows above already, and `further=1` that the top of its list is on
/// another page.
#[cfg(feature = "ssr")]
pub async fn render_answer(
    desk: std::sync::Arc<dyn OrderDesk>,
    request: http::request::Parts,
) -> (http::StatusCode, String) {
    use crate::ui::{context::provide_desk, format::links::query_value, reader::provide_reader};

    let query = request.uri.query().unwrap_or_default().to_owned();
    let mut answer = Answer::find(&*desk, Question::from_query(&query)).await;
    if let Some(above) = query_value(&query, "above") {
        answer.above = above.parse().unwrap_or_default();
        answer.is_further_down = query_value(&query, "further").is_some();
    }
    let code = match &answer.outcome {
        // What is wrong is said in the answer, as it is typed.
        Ok(_) | Err(Error::Invalid { .. }) => http::StatusCode::OK,
        Err(error) => error.status(),
    };
    let html = Owner::new().with(|| {
        provide_context(request);
        provide_desk(std::sync::Arc::clone(&desk));
        provide_reader();
        let stats = Some(desk.stats());
        let pace = desk.pace();
        view! { <AnswerParts answer stats pace view=TableView::requested() /> }.to_html()
    });
    (code, html)
}
