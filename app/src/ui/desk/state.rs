//! What is asked, and what the answer was.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use orders::{RowSeq, search::Query};

use super::{heading, history, listing::Arrivals, question::Question};
use crate::{
    api,
    desk::OrderPage,
    error::Error,
    ui::{
        format::links,
        live::{Feed, browser, tell_of},
    },
};

/// How long a hand rests before what was typed is asked.
const REST: Duration = Duration::from_millis(120);

/// A question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// The answer; that to an earlier question where this one has a mistake.
    pub page: OrderPage,
    /// Why there is no answer.
    pub trouble: Option<Error>,
}

/// What the parts of the desk share.
#[derive(Clone, Copy, Debug)]
pub struct DeskState {
    /// What stands in the search box.
    pub typed: RwSignal<String>,
    /// What was asked last.
    pub question: RwSignal<Question>,
    /// What is shown.
    pub answer: RwSignal<Answer>,
    /// Whether an answer is on its way.
    pub is_loading: RwSignal<bool>,
    /// What is read out when the list has changed.
    pub announcement: RwSignal<String>,
    /// What has arrived since the answer.
    pub arrivals: RwSignal<Arrivals>,
    /// Grows with each question: only the answer to the last one counts.
    turn: StoredValue<u32>,
    /// Whether the address is that of a question which is still being typed.
    is_draft: StoredValue<bool>,
    resting: StoredValue<Option<TimeoutHandle>>,
}

/// What becomes of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    /// A new one: Back leads to the earlier list.
    New,
    /// Another one in the place of the last.
    Replaced,
    /// It is there already.
    Kept,
}

impl DeskState {
    pub(super) fn new(
        question: Question,
        page: Option<OrderPage>,
        trouble: Option<Error>,
        feed: Feed,
    ) -> Self {
        let state = Self {
            typed: RwSignal::new(question.typed.clone()),
            question: RwSignal::new(question.clone()),
            answer: RwSignal::new(Answer {
                question,
                page: page.unwrap_or_default(),
                trouble,
            }),
            is_loading: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            arrivals: RwSignal::new(Arrivals::default()),
            turn: StoredValue::new(0),
            is_draft: StoredValue::new(false),
            resting: StoredValue::new(None),
        };
        state.listen(feed);
        state
    }

    /// The desk's state, for its parts.
    pub(super) fn from_context() -> Self {
        expect_context()
    }

    /// Takes in what the box holds while it is being typed, and asks it when
    /// the hand rests.
    pub(super) fn type_text(self, text: String) {
        self.typed.set(text);
        let rested = set_timeout_with_handle(move || self.ask_typed(), REST).ok();
        let earlier = self
            .resting
            .try_update_value(|resting| std::mem::replace(resting, rested))
            .flatten();
        if let Some(earlier) = earlier {
            earlier.clear();
        }
    }

    fn ask_typed(self) {
        let question = self.asked_by_box();
        if question == self.question.get_untracked() {
            return;
        }
        let was_draft = self
            .is_draft
            .try_update_value(|draft| std::mem::replace(draft, true));
        let address = if was_draft == Some(true) {
            Address::Replaced
        } else {
            Address::New
        };
        self.ask(question, address, None);
    }

    /// What the box asks for, sorted as the list is.
    fn asked_by_box(self) -> Question {
        Question {
            typed: self.typed.get_untracked().trim().to_owned(),
            sort: self
                .question
                .with_untracked(|question| question.sort.clone()),
            cursor: String::new(),
        }
    }

    /// Enter: asks what the box holds, and opens the order if it is just one
    /// by its number.
    pub(super) fn submit(self) {
        if let Some(resting) = self.resting.try_update_value(Option::take).flatten() {
            resting.clear();
        }
        let question = self.asked_by_box();
        let is_asked = question == self.question.get_untracked();
        self.is_draft.set_value(false);
        let is_answered = is_asked && !self.is_loading.get_untracked();
        if is_answered
            && self
                .answer
                .with_untracked(|answer| answer.trouble.is_none())
        {
            self.answer.with_untracked(open_if_exact);
        } else {
            let address = if is_asked {
                Address::Kept
            } else {
                Address::New
            };
            self.ask(question, address, Some(open_if_exact));
        }
    }

    /// Shows another list.
    pub(super) fn go_to(self, question: Question) {
        self.typed.set(question.typed.clone());
        self.is_draft.set_value(false);
        browser::scroll_to_top();
        self.ask(question, Address::New, None);
    }

    /// Asks the same again.
    pub(super) fn ask_again(self) {
        self.ask(self.question.get_untracked(), Address::Kept, None);
    }

    fn ask(self, question: Question, address: Address, then: Option<fn(&Answer)>) {
        match address {
            Address::New => history::push(&question.address()),
            Address::Replaced => history::replace(&question.address()),
            Address::Kept => {}
        }
        self.question.set(question.clone());
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        if question.mistake().is_some() {
            self.is_loading.set(false);
            self.answer.update(|answer| {
                answer.question = question;
                answer.trouble = None;
            });
            return;
        }
        self.is_loading.set(true);
        spawn_local(async move {
            let Question {
                typed,
                sort,
                cursor,
            } = question.clone();
            let found = api::search(typed, Some(sort), Some(cursor), None).await;
            if self.turn.try_get_value() != turn {
                return;
            }
            self.is_loading.set(false);
            self.show(question, found);
            if let Some(then) = then {
                self.answer.with_untracked(then);
            }
        });
    }

    fn show(self, question: Question, found: Result<OrderPage, Error>) {
        let (page, trouble) = match found {
            Ok(page) => (page, None),
            Err(trouble) => (
                self.answer.with_untracked(|answer| answer.page.clone()),
                Some(trouble),
            ),
        };
        self.arrivals.set(Arrivals::default());
        if trouble.is_none() {
            tell_of_new(&question, &page);
            self.announcement.set(heading::words_of(&page));
        }
        browser::set_title(&question.title());
        self.answer.set(Answer {
            question,
            page,
            trouble,
        });
    }

    /// Collects what arrives. Reads the list again when orders were missed.
    fn listen(self, feed: Feed) {
        Effect::new(move |before: Option<u32>| {
            let missed = feed.missed.get();
            if before.is_some_and(|before| before != missed) {
                self.ask_again();
            }
            missed
        });
        Effect::new(move |_| {
            feed.batch.with(|batch| {
                if !batch.is_empty() {
                    self.arrivals.update(|arrivals| arrivals.take(batch));
                }
            });
        });
    }

    /// Listens to the stream from the first answer on, and to Back and Forward.
    pub(super) fn follow_browser(self) {
        Effect::new(move |_| {
            self.answer
                .with_untracked(|answer| tell_of_new(&answer.question, &answer.page));
            history::on_back_and_forward(move |question, scrolled| {
                self.typed.set(question.typed.clone());
                self.is_draft.set_value(false);
                self.ask(question, Address::Kept, None);
                history::scroll_when_shown(scrolled);
            });
        });
    }
}

/// The stream tells of the orders that came after the answer.
fn tell_of_new(question: &Question, page: &OrderPage) {
    let query = Query::parse(&question.typed).unwrap_or_default();
    let newest = page.orders.iter().map(|order| order.seq).max();
    let after = page.as_of.max(newest.unwrap_or_default());
    if after > RowSeq::default() || page.orders.is_empty() {
        tell_of(&query.to_string(), after);
    }
}

/// Opens the order whose number was asked for, if there is just one.
fn open_if_exact(answer: &Answer) {
    let asked = answer.question.typed.trim();
    let [first, rest @ ..] = answer.page.orders.as_slice() else {
        return;
    };
    let is_uid = first.order_uid.as_str() == asked;
    let is_only_track = rest.is_empty() && first.track_number.eq_ignore_ascii_case(asked);
    if !asked.is_empty() && (is_uid || is_only_track) {
        browser::go_to(&links::order_page(first.order_uid.as_str()));
    }
}
