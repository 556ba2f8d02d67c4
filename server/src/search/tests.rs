//! The columns find what [`Filter::matches`] says, nothing else, in the order
//! of the list, on every page.

use orderdesk_publish::generate;
use orders::{
    Cursor, Order, RowSeq, Sort, Timestamp,
    search::{Filter, Query, SearchRow},
};
use time::{OffsetDateTime, macros::datetime};

use super::{Hit, MAX_EXACT_COUNT, SearchIndex, place};

const NOW: OffsetDateTime = datetime!(2026-05-12 14:32 UTC);
const SEED: u64 = 3;

/// Some chunks, and an open one.
fn orders(count: u64) -> Vec<(SearchRow, Order)> {
    (0..count)
        .map(|index| {
            let mut order = generate::order(SEED, index);
            match index % 50 {
                7 => order.delivery.name = "Ирина Ёлкина-Йост".to_owned(),
                8 => order.payment.amount = None,
                9 => order.items.clear(),
                10 => order.order_uid = format!("UID-{index}-Ж").parse().expect("a uid"),
                11 => order.delivery.city = "Zürich".to_owned(),
                12 => order.delivery.phone = "8 (916) 204-11-83".to_owned(),
                _ => {}
            }
            let seq = RowSeq::new(i64::try_from(index).expect("few") + 1);
            (SearchRow::new(&order, seq, Timestamp::from(NOW)), order)
        })
        .collect()
}

const QUERIES: &[&str] = &[
    "",
    "a",
    "ma",
    "test",
    "елкина",
    "ЙОСТ",
    "zurich",
    "uid-",
    "ж",
    "9162041183",
    "204-11",
    "-a",
    "phone:83",
    "phone:=89162041183",
    "email:@",
    "city:=zurich",
    "city:=\"\"",
    "-city:a",
    "brand:a -brand:o",
    "item:e items:2",
    "items:0",
    "items:>3",
    "amount:>0",
    "-amount:>0",
    "amount:100..2000",
    "amount:<500",
    "nm_id:>0",
    "status:200..300",
    "-status:202",
    "date:2025",
    "date:>2025-12 date:<2026-02",
    "received:1h",
    "received:<today",
    "currency:rub provider:pay",
    "bank:a delivery:e",
    "customer:a",
    "name:a -name:an",
    "track:wbil",
    "uid:0",
    "qqqqq",
    "a e i o u",
];

fn key(sort: Sort, row: &SearchRow) -> (i64, i64) {
    let place = place(sort, row);
    (place.key(), place.seq().get())
}

fn expected(rows: &[(SearchRow, Order)], filter: &Filter, sort: Sort) -> Vec<String> {
    let mut found: Vec<_> = rows
        .iter()
        .filter(|(row, _)| filter.matches(row))
        .map(|(row, order)| (key(sort, row), order.order_uid.to_string()))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, uid)| uid).collect()
}

fn assert_agrees(index: &SearchIndex, rows: &[(SearchRow, Order)], limit: usize) {
    for typed in QUERIES {
        let query = Query::parse(typed).expect(typed);
        let filter = Filter::new(&query, NOW);
        for sort in Sort::ALL {
            let expected = expected(rows, &filter, sort);
            let mut found = Vec::new();
            let mut cursor: Option<Cursor> = None;
            loop {
                let page = index.search(&filter, sort, cursor, limit);
                let count = if typed.is_empty() {
                    expected.len()
                } else {
                    expected.len().min(MAX_EXACT_COUNT + 1)
                };
                assert_eq!(page.count, count, "{typed} by {sort:?}");
                found.extend(page.hits.iter().map(|hit| hit.order_uid.to_string()));
                if !page.has_more {
                    break;
                }
                cursor = page.hits.last().map(|hit| hit.cursor);
            }
            assert_eq!(found, expected, "{typed} by {sort:?}");
        }
    }
}

#[test]
fn orders_that_come_one_after_another_are_found() {
    let rows = orders(4_500);
    let index = SearchIndex::default();
    for batch in rows.chunks(333) {
        index.append(batch.iter().map(|(row, order)| (row, order)));
    }
    assert_agrees(&index, &rows, 700);
}

#[test]
fn old_and_new_orders_are_found_once_whatever_their_order() {
    let rows = orders(9_000);
    let index = SearchIndex::default();
    // While the newest come in, the old ones are read, newest first, and some
    // of both twice.
    index.append(rows[8_000..8_500].iter().map(|(row, order)| (row, order)));
    let mut old: Vec<_> = rows[..8_200].to_vec();
    old.reverse();
    for chunk in old.chunks(1_000) {
        index.append_old(&chunk.iter().cloned());
    }
    index.append_old(&rows[7_900..8_100].iter().cloned());
    index.append(rows[8_400..].iter().map(|(row, order)| (row, order)));
    assert_eq!(index.progress().rows, rows.len());
    assert_agrees(&index, &rows, 1_000);
}

#[test]
fn more_than_can_be_counted_is_said_to_be_more() {
    let rows = orders(12_000);
    let index = SearchIndex::default();
    index.append(rows.iter().map(|(row, order)| (row, order)));
    let filter = Filter::new(&Query::parse("track:wbil").expect("a query"), NOW);
    let found = index.search(&filter, Sort::Arrival, None, 50);
    assert!(found.count > MAX_EXACT_COUNT && found.has_more);
}

#[test]
fn an_order_in_the_place_of_another_is_found_alone() {
    let mut rows = orders(5_000);
    let index = SearchIndex::default();
    index.append(rows.iter().map(|(row, order)| (row, order)));
    let mut order = rows[10].1.clone();
    order.delivery.city = "Novgorod Velikiy".to_owned();
    let row = SearchRow::new(&order, RowSeq::new(9_999), Timestamp::from(NOW));
    index.replace(&order, &row);
    rows.remove(10);
    rows.push((row, order));
    assert_eq!(index.progress().rows, rows.len());
    assert_agrees(&index, &rows, 500);
}

#[test]
fn values_are_offered_as_they_were_sent() {
    let rows = orders(500);
    let index = SearchIndex::default();
    index.append(rows.iter().map(|(row, order)| (row, order)));
    let values = index.values(orders::search::TextField::City, "ZURI", 5);
    assert_eq!(values, [("Zürich".to_owned(), 10)]);
    assert!(
        index
            .values(orders::search::TextField::Uid, "a", 5)
            .is_empty()
    );
}

/// What stands above and below, its place from 0, and how many others there are.
type Beside = (Option<String>, Option<String>, usize, usize);

fn beside(index: &SearchIndex, filter: &Filter, at: Cursor, without: Option<RowSeq>) -> Beside {
    let found = index.neighbours(filter, at, without);
    let uid = |hit: Option<Hit>| hit.map(|hit| hit.order_uid.to_string());
    (
        uid(found.previous),
        uid(found.next),
        found.above,
        found.others,
    )
}

fn assert_neighbours_agree(index: &SearchIndex, rows: &[(SearchRow, Order)]) {
    for typed in QUERIES {
        let filter = Filter::new(&Query::parse(typed).expect(typed), NOW);
        for sort in Sort::ALL {
            let list = expected(rows, &filter, sort);
            // Those of the list, and others: a place may be nobody's.
            for (row, order) in rows.iter().step_by(1_511) {
                let uid = order.order_uid.as_str();
                let at = place(sort, row);
                let is_above = |other: &SearchRow| key(sort, other) > key(sort, row);
                let above = rows
                    .iter()
                    .filter(|(other, _)| filter.matches(other) && is_above(other))
                    .count();
                let is_listed = filter.matches(row);
                let previous = above.checked_sub(1).map(|at| list[at].clone());
                let next = list.get(above + usize::from(is_listed)).cloned();
                let others = list.len() - usize::from(is_listed);
                assert_eq!(
                    beside(index, &filter, at, None),
                    (previous, next, above, others),
                    "{uid} in {typed} by {sort:?}"
                );
            }
        }
    }
}

#[test]
fn an_order_has_the_neighbours_that_its_list_has() {
    let mut rows = orders(9_000);
    let index = SearchIndex::default();
    index.append(rows[4_500..].iter().map(|(row, order)| (row, order)));
    let mut old = rows[..4_700].to_vec();
    old.reverse();
    for chunk in old.chunks(1_000) {
        index.append_old(&chunk.iter().cloned());
    }
    assert_neighbours_agree(&index, &rows);
    // One in the place of another.
    let order = rows[4_220].1.clone();
    let row = SearchRow::new(&order, RowSeq::new(9_999), Timestamp::from(NOW));
    index.replace(&order, &row);
    rows.remove(4_220);
    rows.push((row, order));
    assert_neighbours_agree(&index, &rows);
    // As if a row were not there.
    let all = Filter::default();
    let at = place(Sort::Arrival, &rows[5_000].0);
    let (_, next, above, others) = beside(&index, &all, at, Some(rows[4_999].0.seq));
    let expected = Some(rows[4_998].1.order_uid.to_string());
    assert_eq!((next, above, others), (expected, 3_999, 8_998));
}

#[test]
fn the_newest_orders_that_share_a_value_are_found_in_bounded_time() {
    let mut rows = orders(20_000);
    for (index, (row, order)) in rows.iter_mut().enumerate() {
        order.customer_id = if index % 6_000 == 5 { "Rare" } else { "common" }.to_owned();
        *row = SearchRow::new(order, row.seq, Timestamp::from(NOW));
    }
    let index = SearchIndex::default();
    index.append(rows.iter().map(|(row, order)| (row, order)));
    let like = |typed: &str| {
        let filter = Filter::new(&Query::parse(typed).expect(typed), NOW);
        index.newest_like(&filter, 3)
    };
    let rare = like("customer:=rare");
    let expected = [18_005, 12_005, 6_005].map(|at: usize| rows[at].0.seq);
    let found: Vec<_> = rare.hits.iter().map(|hit| hit.seq).collect();
    assert_eq!(
        (found, rare.count, rare.has_more),
        (expected.to_vec(), 4, false)
    );
    let common = like("customer:=common");
    assert!(common.count > MAX_EXACT_COUNT && common.has_more);
    assert_eq!(common.hits[0].seq, rows[19_999].0.seq);
    assert_eq!(like("track:=none").count, 0);
}
