//! A page of a list, as JSON and as HTML.

use std::hint::black_box;

use app::{
    desk::Pace,
    ui::desk::{Answer, AnswerParts, Question, TableView},
};
use leptos::prelude::*;

use crate::{HotPath, Orders, Work};

/// As many as a page has unless more are asked for.
const ROWS: usize = app::desk::DEFAULT_PAGE;

/// A page as programs get it.
pub(crate) const SUMMARIES_JSON: HotPath = HotPath {
    name: "summaries-json",
    what: "the summaries of 50 orders are written as JSON",
    pieces: ROWS,
    prepare: summaries_json,
};

/// The same without types.
pub(crate) const VALUE_JSON: HotPath = HotPath {
    name: "value-json",
    what: "the same 50, from a serde_json::Value",
    pieces: ROWS,
    prepare: value_json,
};

/// A page as the desk shows it.
pub(crate) const ROWS_HTML: HotPath = HotPath {
    name: "rows-html",
    what: "the desk's answer with the same 50 is rendered as HTML",
    pieces: ROWS,
    prepare: rows_html,
};

fn summaries_json(orders: &Orders) -> Work {
    let page = orders.page(ROWS);
    Box::new(move || {
        black_box(serde_json::to_vec(black_box(&page)).expect("a page is JSON"));
    })
}

fn value_json(orders: &Orders) -> Work {
    let page = serde_json::to_value(orders.page(ROWS)).expect("a page is JSON");
    Box::new(move || {
        black_box(serde_json::to_vec(black_box(&page)).expect("a value is JSON"));
    })
}

fn rows_html(orders: &Orders) -> Work {
    let answer = Answer {
        question: Question::default(),
        outcome: Ok(orders.page(ROWS)),
        above: 0,
        is_further_down: false,
    };
    Box::new(move || {
        let answer = black_box(&answer).clone();
        let html = Owner::new().with(|| {
            let view = TableView::default();
            view! { <AnswerParts answer stats=None pace=Pace::default() view /> }.to_html()
        });
        black_box(html);
    })
}
