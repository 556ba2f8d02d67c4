//! Messages made to hurt: each is dealt with at once.

use std::time::{Duration, Instant};

use crate::{parse, with};

const MEGABYTE: usize = 1_000_000;

#[test]
fn large_messages_take_little_time() {
    let field = |value: &str| with("\"entry\"", &format!("\"x\": {value}, \"entry\""));
    let digits = "9".repeat(MEGABYTE);
    let many = |part: &str| part.repeat(MEGABYTE / part.len());
    let messages = [
        // Accepted.
        field(&format!("\"{}\"", many("x"))),
        field(&format!("\"{}\"", many(r"\ud83d\ude00"))),
        field(&format!("[{}0]", many("0,"))),
        field(&format!("[{}0]", many("[[]],{},"))),
        field(&digits),
        field("1e999999999"),
        with("\"entry\"", &format!("{}\"entry\"", many("\"x\":1,"))),
        with("\"items\": [", &format!("\"items\": [{}", many("{},"))),
        with(
            "{\n  \"order_uid\"",
            &format!("{}{{\"order_uid\"", many(" ")),
        ),
        // Rejected.
        with("\"entry\"", &format!("{}\"entry\"", many("\"sm_id\":1,"))),
        with("1817", &digits),
        with("1817", &format!("0.{digits}")),
        with("1817", &format!("1e{digits}")),
        with("1817", &format!("1e-{digits}")),
        with("1637907727", &digits),
        with("1637907727", &format!("0.{digits}e5")),
        with("1637907727", &format!("1e-{digits}")),
        with("1637907727", &format!("[{}0]", many("0,"))),
        with(
            "2021-11-26T06:22:19Z",
            &format!("2021-11-26T06:22:19.{digits}"),
        ),
        with(
            "b563feb7b2b84b6test\",\n  \"track",
            &format!("{digits}\",\"track"),
        ),
        field(&format!("\"{}\"", many(r"\ud83d"))),
        field(&format!("[{}\"\\u0000\"]", many("0,"))),
        many("["),
        many("{\"a\":"),
        many("[{}],"),
        many("\""),
        many("\\"),
        many("\"\\u"),
        many("\u{10ffff}"),
        digits.clone(),
        format!("-{digits}"),
    ];
    for (number, message) in messages.iter().enumerate() {
        let start = Instant::now();
        let _ = orders::parse(message.as_bytes(), 2 * MEGABYTE);
        let taken = start.elapsed();
        // Some 20 ms without optimisation; something quadratic takes minutes.
        assert!(
            taken < Duration::from_secs(3),
            "message {number} took {taken:?}"
        );
    }
}

#[test]
fn dates_at_the_edges_are_dates_or_rejected() {
    for date in [
        "0001-01-01T00:00:00Z",
        "0000-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T23:59:60Z",
        "2016-12-31T23:59:60Z",
        "2021-02-29T00:00:00Z",
        "2021-11-26T24:00:00Z",
        "2021-11-26T06:22:19+24:00",
        "2021-11-26T06:22:19+23:59",
        "2021-11-26T06:22:19-00:00",
        "2021-11-26T06:22:19.999999999Z",
        "2021-11-26T06:22:19.9999999999999999999999Z",
        "2021-11-26t06:22:19z",
        "+2021-11-26T06:22:19Z",
        "-0001-11-26T06:22:19Z",
        "12021-11-26T06:22:19Z",
    ] {
        if let Ok(order) = parse(with("2021-11-26T06:22:19Z", date)) {
            let printed = order.date_created.to_string();
            assert_eq!(
                orders::Timestamp::parse(&printed),
                Ok(order.date_created),
                "{date}"
            );
        }
    }
}
