//! The order desk: search, the list, what arrives. One island: the server
//! renders it with its first answer, and the browser goes on from there.
//!
//! [`state`] holds what is asked and what the answer was; the other modules
//! show a part of it each. Every control is a link or a form field, so that the
//! desk works without a script too.
//!
//! Views that differ are [`Either`]s here, not `AnyView`s: each of those brings
//! the code of all that lies below it twice into the browser.

mod attention;
mod chip_words;
mod chips;
mod completion;
mod heading;
mod history;
mod listing;
mod new_orders;
mod nothing;
mod order_row;
mod orders_table;
mod pager;
mod pause_button;
mod query_paint;
mod question;
mod results;
mod results_bar;
mod search_box;
mod state;
mod table_view;
mod trouble;
mod welcome;

use leptos::{either::Either, ev::MouseEvent, prelude::*};

pub use question::Question;
pub use table_view::TableView;

use self::{
    chips::Chips, results::Results, search_box::SearchBox, state::DeskState, trouble::Trouble,
};
use super::{
    components::StreamNotice, context::provide_today, format::moment::Day, live::provide_feed,
};
use crate::{
    desk::{OrderPage, Stats},
    error::Error,
};

/// The order desk.
#[island]
pub fn Desk(
    /// What the address asks for.
    question: Question,
    /// The answer; `None` where the question could not be understood.
    page: Option<OrderPage>,
    /// What went wrong.
    trouble: Option<Error>,
    /// How things stood when the page was rendered.
    stats: Option<Stats>,
    /// The day on which it was rendered.
    today: Day,
    /// Which columns are shown, and how tall the rows are.
    view: TableView,
) -> impl IntoView {
    provide_today(today);
    let feed = provide_feed(stats);
    let desk = DeskState::new(question, page, trouble, feed);
    provide_context(desk);
    provide_context(view);
    desk.follow_browser();
    let is_loading = desk.is_loading;

    view! {
        <div class="desk__parts" data-list="" on:click=move |event| follow_link(desk, &event)>
            <SearchBox />
            <Chips />
            <StreamNotice />
            <p class="sr-only" role="status">
                {desk.announcement}
            </p>
            <section
                class="results"
                aria-labelledby="found"
                aria-busy=move || is_loading.get().then_some("true")
            >
                {move || {
                    let answer = desk.answer.get();
                    match answer.trouble.clone() {
                        Some(trouble) => Either::Left(view! { <Trouble trouble question=answer.question /> }),
                        None => Either::Right(view! { <Results answer /> }),
                    }
                }}
            </section>
        </div>
    }
}

/// A link to another list is followed without loading the page.
fn follow_link(state: DeskState, event: &MouseEvent) {
    let is_plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if event.default_prevented() || !is_plain {
        return;
    }
    if let Some(question) = history::list_link(event) {
        event.prevent_default();
        state.go_to(question);
    }
}
