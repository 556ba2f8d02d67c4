//! What holds for every order and for any bytes.

use orders::{Cursor, Money, OrderSummary, OrderUid, RowSeq, Timestamp};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    MODEL, parse,
    strategy::{money, order, style, write},
};

/// A change of a message's bytes.
#[derive(Clone, Debug)]
enum Change {
    Replace(Index, u8),
    Remove(Index, Index),
    Repeat(Index, Index),
    Insert(Index, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let token = proptest::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        ",",
        ":",
        "null",
        "-",
        "1e",
        "0",
        ".",
        "\\u0000",
        "\\ud83d",
        "\u{feff}",
        "\0",
        "\"order_uid\":",
        "\"items\":",
        "[[[[",
        " ",
    ]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Remove(from, to)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Repeat(from, to)),
        (any::<Index>(), token)
            .prop_map(|(at, token)| Change::Insert(at, token.as_bytes().to_vec())),
    ]
}

fn changed(mut message: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if message.is_empty() {
            break;
        }
        let place = |index: &Index| index.index(message.len());
        let range = |one: &Index, other: &Index| {
            let (one, other) = (place(one), place(other));
            one.min(other)..one.max(other)
        };
        match change {
            Change::Replace(at, byte) => {
                let at = place(at);
                message[at] = *byte;
            }
            Change::Remove(from, to) => {
                let range = range(from, to);
                message.drain(range);
            }
            Change::Repeat(from, to) => {
                let range = range(from, to);
                let part = message[range.clone()].to_vec();
                message.splice(range.end..range.end, part);
            }
            Change::Insert(at, bytes) => {
                let at = place(at);
                message.splice(at..at, bytes.clone());
            }
        }
    }
    message
}

/// Whatever the bytes are: an order that writes and reads back equal, or a
/// rejection that can be stored.
fn check_any(message: &[u8]) -> Result<(), TestCaseError> {
    match parse(message) {
        Ok(order) => {
            prop_assert!(
                serde_json::from_slice::<serde_json::Value>(message).is_ok()
                    || String::from_utf8_lossy(message).contains(['e', 'E'])
            );
            let written = serde_json::to_vec(&order).expect("an order is JSON");
            prop_assert_eq!(parse(written), Ok(order));
        }
        Err(rejection) => {
            for text in [&rejection.path, &rejection.detail] {
                prop_assert!(
                    text.chars().count() < 1000 && !text.contains('\0'),
                    "{}",
                    rejection
                );
            }
            prop_assert!(!rejection.detail.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_order_reads_back_however_it_is_written(order in order(), style in style()) {
        let json = write(&order, &style);
        let read = parse(&json);
        prop_assert_eq!(read, Ok(order), "{}", json);
    }

    #[test]
    fn serialising_and_parsing_is_the_identity(order in order()) {
        let json = serde_json::to_string(&order).unwrap();
        let read = parse(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), json);
        prop_assert_eq!(read, order);
    }

    #[test]
    fn a_changed_order_is_an_order_or_a_rejection(
        order in order(),
        style in style(),
        changes in vec(change(), 1..6),
    ) {
        check_any(&changed(write(&order, &style).into_bytes(), &changes))?;
    }

    #[test]
    fn the_changed_model_order_is_an_order_or_a_rejection(changes in vec(change(), 1..4)) {
        check_any(&changed(MODEL.as_bytes().to_vec(), &changes))?;
    }

    #[test]
    fn any_bytes_are_an_order_or_a_rejection(message: Vec<u8>) {
        check_any(&message)?;
    }

    #[test]
    fn anything_like_json_is_an_order_or_a_rejection(
        message in "[{}\\[\\]\",:0-9eEu\\\\ .+-dDnulltrefals]{0,80}",
    ) {
        check_any(message.as_bytes())?;
    }

    #[test]
    fn money_keeps_its_digits(money in money()) {
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(&json, money.as_str());
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }

    #[test]
    fn money_is_what_json_calls_a_number_and_not_negative(text in "-?[0-9]{0,3}\\.?[0-9]{0,3}[eE]?[+-]?[0-9]{0,3}") {
        let is_number = serde_json::from_str::<Box<serde_json::value::RawValue>>(&text).is_ok();
        if Money::parse(&text).is_ok() {
            prop_assert!(is_number);
        } else if is_number && !text.contains(['e', 'E']) {
            prop_assert!(text.starts_with('-'));
        }
    }

    #[test]
    fn money_calculates_as_the_float_would_nearly(money in money()) {
        use std::str::FromStr as _;
        if let Some(decimal) = money.to_decimal() {
            let (exact, float) = (
                f64::from_str(&decimal.to_string()).unwrap(),
                f64::from_str(money.as_str()).unwrap(),
            );
            prop_assert!((exact - float).abs() <= float.abs() * 1e-12, "{} {}", decimal, money);
        }
    }

    #[test]
    fn a_cursor_reads_back(seq in 0..i64::MAX) {
        let cursor = Cursor::before(RowSeq::new(seq));
        prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let json = serde_json::to_string(&cursor).unwrap();
        prop_assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
    }

    #[test]
    fn any_text_is_a_cursor_or_none(text: String) {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert!(cursor.seq().get() >= 0);
        }
    }

    #[test]
    fn a_uid_that_is_taken_follows_the_rules(text: String) {
        if let Ok(uid) = text.parse::<OrderUid>() {
            prop_assert_eq!(uid.as_str(), text.trim());
            prop_assert!((1..=128).contains(&text.chars().count()));
        }
    }

    #[test]
    fn a_summary_is_small_whatever_the_order(order in order(), repeat in 1_usize..400) {
        let mut order = order;
        order.delivery.name = order.delivery.name.repeat(repeat);
        order.track_number = "é".repeat(repeat * 3);
        let summary = OrderSummary::new(&order, RowSeq::new(1), order.date_created);
        let json = serde_json::to_string(&summary).unwrap();
        prop_assert!(json.len() < 30_000);
        prop_assert_eq!(serde_json::from_str::<OrderSummary>(&json).unwrap(), summary);
    }

    #[test]
    fn a_date_reads_back_as_the_same_moment(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,20})?(Z|[+-][0-2][0-9]:[0-5][0-9])") {
        if let Ok(moment) = Timestamp::parse(&text) {
            prop_assert_eq!(Timestamp::parse(&moment.to_string()), Ok(moment));
        }
    }
}
