//! Search, and a plain scan of the same texts.

use std::hint::black_box;

use memchr::memmem::Finder;
use orderdesk::search::SearchIndex;
use orders::{
    Order, Sort,
    search::{Filter, Query, SearchRow},
};

use crate::{HotPath, Orders, Work, sample::stored_at};

const PAGE: usize = 50;

/// Words that are in names, cities and e-mail addresses, digits of phones, and
/// one that is nowhere: each may stand in any field.
const WORDS: [&str; 5] = ["ivan", "moscow", "gmail", "4951", "qzxqzx"];

/// Search in the columns.
pub(crate) const SEARCH: HotPath = HotPath {
    name: "search",
    what: "five words are searched for in every order",
    pieces: WORDS.len(),
    prepare: search,
};

/// The same, row by row.
pub(crate) const SCAN: HotPath = HotPath {
    name: "scan",
    what: "the same words, by memchr::memmem in each order's texts",
    pieces: WORDS.len(),
    prepare: scan,
};

fn rows(orders: &Orders) -> impl Iterator<Item = (SearchRow, &Order)> {
    orders
        .rows()
        .map(|(seq, order)| (SearchRow::new(order, seq, stored_at()), order))
}

fn search(orders: &Orders) -> Work {
    let index = SearchIndex::default();
    for (row, order) in rows(orders) {
        index.append([(&row, order)]);
    }
    let filters = WORDS.map(|word| {
        let query = Query::parse(word).expect("a word is a search");
        Filter::new(&query, stored_at().get())
    });
    Box::new(move || {
        for filter in &filters {
            black_box(index.search(black_box(filter), Sort::Arrival, None, PAGE));
        }
    })
}

fn scan(orders: &Orders) -> Work {
    let texts: Vec<String> = rows(orders).map(|(row, _)| texts_of(&row)).collect();
    let words = WORDS.map(Finder::new);
    Box::new(move || {
        for word in &words {
            let found = texts
                .iter()
                .rev()
                .filter(|text| word.find(text.as_bytes()).is_some())
                .count();
            black_box(found);
        }
    })
}

/// Everything that an order is found by, with what no word holds in between.
fn texts_of(row: &SearchRow) -> String {
    let lines = row.lines.iter().flat_map(|line| [&line.brand, &line.name]);
    [
        &row.uid,
        &row.track,
        &row.customer,
        &row.name,
        &row.phone,
        &row.email,
        &row.city,
        &row.delivery,
        &row.bank,
        &row.currency,
        &row.provider,
    ]
    .into_iter()
    .chain(lines)
    .fold(String::new(), |texts, text| texts + text + "\n")
}
