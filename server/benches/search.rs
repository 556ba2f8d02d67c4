//! How long searches take at a million orders: `cargo bench --bench search`.
//!
//! The orders are the publisher's, from a seed. Each kind of query is asked
//! with many values taken from orders, spread over the whole list; a line gives
//! the median and the 99th percentile of what one page of 50 and the count take
//! together, in milliseconds. `ORDERS`, `VALUES` and `SEARCHERS` change the
//! numbers.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a measurement, run by hand"
)]

use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use orderdesk::search::{SearchIndex, place};
use orderdesk_publish::generate::order;
use orders::{
    Cursor, Order, RowSeq, Sort, Timestamp,
    search::{Filter, Query, SearchRow},
};
use time::{OffsetDateTime, macros::datetime};

const SEED: u64 = 7;
const PAGE: usize = 50;
const NOW: OffsetDateTime = datetime!(2026-05-12 14:32 UTC);

type Ask = fn(&Order) -> String;

const KINDS: &[(&str, Ask)] = &[
    ("exact uid", |order| order.order_uid.to_string()),
    ("uid prefix", |order| {
        format!("uid:{}", &order.order_uid.as_str()[..5])
    }),
    ("track number", |order| order.track_number.clone()),
    ("customer", |order| {
        format!("customer:{}", order.customer_id)
    }),
    ("part of a name", |order| {
        let name = order.delivery.name.split(' ').next_back().unwrap();
        name.chars().take(5).collect()
    }),
    ("phone digits", |order| {
        let digits = orders::search::digits(&order.delivery.phone);
        digits[digits.len().saturating_sub(7)..].to_owned()
    }),
    ("part of an e-mail", |order| {
        format!("email:{}", order.delivery.email.split('@').next().unwrap())
    }),
    ("city and amount", |order| {
        let amount: f64 = order
            .payment
            .amount
            .as_ref()
            .unwrap()
            .as_str()
            .parse()
            .unwrap();
        let amount = amount.floor();
        format!(
            "city:\"{}\" amount:{amount}..{}",
            order.delivery.city,
            amount + 500.0
        )
    }),
    ("brand", |order| {
        let brand = order.items.first().map_or("Mango", |item| &item.brand);
        format!("brand:\"{brand}\"")
    }),
    ("week of dates", |order| {
        let day = order.date_created.get().date();
        format!("date:{day}..{}", day + time::Duration::days(6))
    }),
    ("three terms", |order| {
        let brand = order.items.first().map_or("Mango", |item| &item.brand);
        format!(
            "{} brand:\"{brand}\" amount:>3000",
            order.delivery.city.split(' ').next().unwrap()
        )
    }),
    ("no match", |order| {
        let letters: String = order.track_number.chars().rev().take(6).collect();
        format!("a{letters}e")
    }),
    ("any field, common", |order| {
        order.delivery.city.chars().take(4).collect()
    }),
    ("everything", |_| String::new()),
];

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn main() {
    let orders = setting("ORDERS", 1_000_000);
    let values = setting("VALUES", 60);
    let index = SearchIndex::default();
    let appended = fill(&index, orders);
    println!(
        "{orders} orders, {:.0} bytes each in memory; taking one in: {:.2} µs, folding its texts: {:.2} µs",
        index.size() as f64 / orders as f64,
        appended.0 * 1e6 / orders as f64,
        appended.1 * 1e6 / orders as f64,
    );
    println!(
        "\n| query | found, median | first page p50 / p99, ms | page in the middle | by amount |"
    );
    println!("|---|---|---|---|---|");
    let middle = RowSeq::new(i64::try_from(orders / 2).unwrap());
    for (kind, ask) in KINDS {
        let filters: Vec<Filter> = (0..values)
            .map(|n| {
                let chosen = order(SEED, (n * orders / values) as u64);
                Filter::new(&Query::parse(&ask(&chosen)).unwrap(), NOW)
            })
            .collect();
        let mut counts: Vec<usize> = filters
            .iter()
            .map(|filter| index.search(filter, Sort::Arrival, None, PAGE).count)
            .collect();
        counts.sort_unstable();
        let first = measure(&filters, |filter| {
            index.search(filter, Sort::Arrival, None, PAGE);
        });
        let deep = measure(&filters, |filter| {
            index.search(filter, Sort::Arrival, Some(Cursor::before(middle)), PAGE);
        });
        let by_amount = measure(&filters, |filter| {
            index.search(filter, Sort::Amount, None, PAGE);
        });
        println!(
            "| {kind} | {} | {first} | {deep} | {by_amount} |",
            counts[counts.len() / 2]
        );
    }
    beside(&index, orders, values);
    several_at_once(&index, orders);
}

/// What an order's page asks: its neighbours in lists, and its kin.
fn beside(index: &SearchIndex, orders: usize, values: usize) {
    let opened: Vec<(SearchRow, Order)> = (0..values)
        .map(|n| {
            let at = n * orders / values;
            let order = order(SEED, at as u64);
            let seq = RowSeq::new(i64::try_from(at + 1).unwrap());
            (SearchRow::new(&order, seq, Timestamp::from(NOW)), order)
        })
        .collect();
    println!("\n| beside an order, anywhere in the list | p50 / p99, ms |\n|---|---|");
    for (name, ask, sort) in [
        ("neighbours among all, by arrival", "", Sort::Arrival),
        ("among all, by amount", "", Sort::Amount),
        ("among those of its city, by arrival", "city", Sort::Arrival),
        ("among those of its city, by date", "city", Sort::Date),
    ] {
        let mut took: Vec<Duration> = opened
            .iter()
            .map(|(row, order)| {
                let asked = match ask {
                    "" => String::new(),
                    field => format!("{field}:\"{}\"", order.delivery.city),
                };
                let filter = Filter::new(&Query::parse(&asked).unwrap(), NOW);
                let at = place(sort, row);
                let began = Instant::now();
                index.neighbours(&filter, at, None);
                began.elapsed()
            })
            .collect();
        println!("| {name} | {} |", percentiles(&mut took));
    }
    let kin: [(&str, Ask); 2] = [
        ("other orders of its customer", |order| {
            format!("customer:={}", order.customer_id)
        }),
        ("of its track number", |order| {
            format!("track:={}", order.track_number)
        }),
    ];
    for (name, ask) in kin {
        let mut took: Vec<Duration> = opened
            .iter()
            .map(|(_, order)| {
                let filter = Filter::new(&Query::parse(&ask(order)).unwrap(), NOW);
                let began = Instant::now();
                index.newest_like(&filter, 5);
                began.elapsed()
            })
            .collect();
        println!("| {name} | {} |", percentiles(&mut took));
    }
}

/// Seconds that taking in and folding took.
fn fill(index: &SearchIndex, orders: usize) -> (f64, f64) {
    let (mut taking, mut folding) = (Duration::ZERO, Duration::ZERO);
    let mut number = 0;
    while number < orders {
        let batch: Vec<Order> = (number..orders.min(number + 500))
            .map(|n| order(SEED, n as u64))
            .collect();
        let began = Instant::now();
        let rows: Vec<SearchRow> = batch
            .iter()
            .zip(number + 1..)
            .map(|(order, seq)| {
                let seq = RowSeq::new(i64::try_from(seq).unwrap());
                SearchRow::new(order, seq, Timestamp::from(NOW))
            })
            .collect();
        let folded = Instant::now();
        index.append(rows.iter().zip(&batch));
        taking += folded.elapsed();
        folding += folded - began;
        number += batch.len();
    }
    (taking.as_secs_f64(), folding.as_secs_f64())
}

fn measure(filters: &[Filter], ask: impl Fn(&Filter)) -> String {
    let mut took: Vec<Duration> = filters
        .iter()
        .map(|filter| {
            let began = Instant::now();
            ask(filter);
            began.elapsed()
        })
        .collect();
    percentiles(&mut took)
}

fn percentiles(took: &mut [Duration]) -> String {
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    format!("{:.3} / {:.3}", at(50), at(99))
}

fn several_at_once(index: &SearchIndex, orders: usize) {
    let searchers = setting("SEARCHERS", 4);
    let filters: Vec<Filter> = (0..120)
        .map(|n| {
            let chosen = order(SEED, (n * orders / 120) as u64);
            let ask = KINDS[n % 12].1;
            Filter::new(&Query::parse(&ask(&chosen)).unwrap(), NOW)
        })
        .collect();
    let next = AtomicUsize::new(0);
    let rounds = 10;
    let began = Instant::now();
    let mut took: Vec<Duration> = thread::scope(|scope| {
        let searching: Vec<_> = (0..searchers)
            .map(|_| {
                scope.spawn(|| {
                    let mut took = Vec::new();
                    loop {
                        let n = next.fetch_add(1, Relaxed);
                        if n >= filters.len() * rounds {
                            return took;
                        }
                        let began = Instant::now();
                        index.search(&filters[n % filters.len()], Sort::Arrival, None, PAGE);
                        took.push(began.elapsed());
                    }
                })
            })
            .collect();
        searching
            .into_iter()
            .flat_map(|searcher| searcher.join().unwrap())
            .collect()
    });
    println!(
        "\n{searchers} searchers at once, the twelve kinds mixed: {} ms, {:.0} searches/s",
        percentiles(&mut took),
        (filters.len() * rounds) as f64 / began.elapsed().as_secs_f64()
    );
}
