//! What is asked, and the way to its answers.

use std::{cell::RefCell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use orders::search::Query;

use super::{
    arrivals::Arrivals,
    attention::Attention,
    controls,
    document::Shown,
    history::{self, Place},
    more, pace,
    question::Question,
    rows,
};
use crate::ui::{
    live::{browser, provide_feed, tell_of},
    peek,
};

/// How long typing has to rest before the list follows: longer than most people
/// take from key to key.
const REST: Duration = Duration::from_millis(160);

/// How soon a list is read again after it was read, at the least.
const PACE: Duration = Duration::from_millis(250);

/// What is asked. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeskState {
    /// What stands in the box.
    pub(super) typed: RwSignal<String>,
    /// What was asked last.
    pub(super) question: RwSignal<Question>,
    arrivals: Arrivals,
    is_loading: StoredValue<bool>,
    /// One more for each question: answers to earlier ones are let go.
    turn: StoredValue<u32>,
    /// Whether the last address was made by typing: the next takes its place.
    is_draft: StoredValue<bool>,
    /// While somebody types.
    resting: StoredValue<Option<TimeoutHandle>>,
    /// Whether the same list is being read again, or was just now.
    is_pacing: StoredValue<bool>,
    /// Whether there is more to show once it may be read again.
    is_due: StoredValue<bool>,
}

/// What the server said to the last question.
#[derive(Debug)]
struct Reply {
    /// `None` where it did not answer.
    answer: Option<Shown>,
    /// Whether to open the order whose whole number was asked for.
    opens_exact: bool,
    /// Where the reader was in the list.
    place: Place,
}

thread_local! {
    /// What came while somebody types: keys go first, the list follows when they
    /// rest.
    static HELD: RefCell<Option<Reply>> = const { RefCell::new(None) };
}

/// What becomes of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    New,
    Replaced,
    Kept,
}

impl DeskState {
    pub(super) fn new(question: Question) -> Self {
        Self {
            typed: RwSignal::new(question.typed.clone()),
            question: RwSignal::new(question),
            arrivals: Arrivals::new(),
            is_loading: StoredValue::new(false),
            turn: StoredValue::new(0),
            is_draft: StoredValue::new(false),
            resting: StoredValue::new(None),
            is_pacing: StoredValue::new(false),
            is_due: StoredValue::new(false),
        }
    }

    /// Takes the page over, in the browser.
    pub(super) fn follow(self) {
        let feed = provide_feed(None);
        Effect::new(move |_| {
            let attention = Attention::new();
            attention.follow();
            controls::follow(self, attention);
            more::follow(self);
            pace::follow(feed);
            peek::follow();
            self.arrivals.follow(feed, attention, self);
            self.listen();
            history::follow(move |question, place| match question {
                Some(question) => {
                    self.typed.set(question.typed.clone());
                    self.is_draft.set_value(false);
                    self.ask(question, Address::Kept, false, place);
                }
                None => more::return_to(place, self),
            });
        });
    }

    /// The reader types: the list follows once that rests.
    pub(super) fn type_text(self, text: String) {
        self.typed.set(text);
        let rested = set_timeout_with_handle(move || self.rest(), REST).ok();
        let earlier = self
            .resting
            .try_update_value(|resting| std::mem::replace(resting, rested))
            .flatten();
        if let Some(earlier) = earlier {
            earlier.clear();
        }
    }

    fn rest(self) {
        self.resting.set_value(None);
        if let Some(reply) = HELD.take() {
            self.show(reply);
        }
        self.ask_typed();
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
        self.ask(question, address, false, Place::default());
    }

    fn asked_by_box(self) -> Question {
        Question {
            typed: self.typed.get_untracked().trim().to_owned(),
            sort: self
                .question
                .with_untracked(|question| question.sort.clone()),
            cursor: String::new(),
        }
    }

    /// Enter: the list, or the order itself if its whole number was typed.
    pub(super) fn submit(self) {
        if let Some(resting) = self.resting.try_update_value(Option::take).flatten() {
            resting.clear();
        }
        let question = self.asked_by_box();
        let is_asked = question == self.question.get_untracked();
        self.is_draft.set_value(false);
        if is_asked
            && !self.is_loading.get_value()
            && let Some(exact) = Shown::now().and_then(|shown| shown.fact("data-exact"))
        {
            browser::go_to(&exact);
            return;
        }
        let address = if is_asked {
            Address::Kept
        } else {
            Address::New
        };
        self.ask(question, address, true, Place::default());
    }

    /// Follows a link to another list.
    pub(super) fn go_to(self, question: Question) {
        self.typed.set(question.typed.clone());
        self.is_draft.set_value(false);
        browser::scroll_to_top();
        self.ask(question, Address::New, false, Place::default());
    }

    /// Whether an answer to another question is awaited.
    pub(super) fn is_reading(self) -> bool {
        self.is_loading.get_value()
    }

    fn ask(self, question: Question, address: Address, opens_exact: bool, place: Place) {
        match address {
            Address::New => history::push(&question.address()),
            Address::Replaced => history::replace(&question.address()),
            Address::Kept => {}
        }
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        HELD.take();
        self.question.set(question.clone());
        self.is_loading.set_value(true);
        let Some(shown) = Shown::now() else { return };
        shown.set_busy(true);
        spawn_local(async move {
            let answer = Shown::ask(&question.address(), None, false).await;
            // Reading it took a while: keys that came in between are heard first.
            browser::next_frame().await;
            if self.turn.get_value() != turn {
                return;
            }
            let reply = Reply {
                answer,
                opens_exact,
                place,
            };
            if self.resting.with_value(Option::is_some) {
                HELD.set(Some(reply));
            } else {
                self.show(reply);
            }
        });
    }

    fn show(self, reply: Reply) {
        self.is_loading.set_value(false);
        let Some(shown) = Shown::now() else { return };
        shown.set_busy(false);
        let Some(answer) = reply.answer else {
            shown.show_offline();
            return;
        };
        shown.show(&answer);
        peek::keep(|| {
            rows::settle();
            shown.rows()
        });
        self.arrivals.are_shown(answer.newest());
        self.listen();
        match answer.fact("data-exact").filter(|_| reply.opens_exact) {
            Some(order) => browser::go_to(&order),
            None => more::return_to(reply.place, self),
        }
    }

    /// Reads the page of the list at `address`; `above` rows are there already.
    pub(super) async fn read(self, address: &str, above: usize) -> Option<Shown> {
        let turn = self.turn.get_value();
        let is_further_down = self.question.with_untracked(Question::is_further_down);
        let answer = Shown::ask(address, Some(above), is_further_down).await?;
        (self.turn.get_value() == turn && !answer.is("trouble")).then_some(answer)
    }

    /// Reads the same list again: at once, or as soon as it may be.
    pub(super) fn bring_up_to_date(self) {
        if self.is_pacing.get_value() || self.is_loading.get_value() {
            self.is_due.set_value(true);
            return;
        }
        self.is_pacing.set_value(true);
        self.is_due.set_value(false);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let address = self.question.with_untracked(Question::address);
            let answer = Shown::ask(&address, None, false).await;
            if let (Some(shown), Some(answer)) = (Shown::now(), answer)
                && self.turn.get_value() == turn
                && !answer.is("trouble")
            {
                let newest = shown.newest();
                shown.bring_up_to_date(&answer, newest);
                self.arrivals.are_shown(answer.newest());
            }
            set_timeout(
                move || {
                    self.is_pacing.set_value(false);
                    let is_filling =
                        Shown::now().is_some_and(|shown| shown.fact("data-filling").is_some());
                    if self.is_due.get_value() || is_filling {
                        self.bring_up_to_date();
                    }
                },
                PACE,
            );
        });
    }

    /// From now on the stream tells of what comes after the list that is shown.
    fn listen(self) {
        let Some(shown) = Shown::now() else { return };
        if shown.is("mistake") || shown.is("trouble") {
            return;
        }
        let query = self
            .question
            .with_untracked(|question| Query::parse(&question.typed).unwrap_or_default());
        tell_of(&query.to_string(), shown.newest());
        if shown.fact("data-filling").is_some() {
            set_timeout(move || self.bring_up_to_date(), PACE);
        }
    }
}
