//! What is an order, and what is read of it.

use orders::{Delivery, Item, Money, Payment};
use serde_json::Value;

use crate::{MODEL, parse, with};

fn money(text: &str) -> Option<Money> {
    Money::parse(text).ok()
}

#[test]
fn the_model_order_is_read_whole() {
    let order = parse(MODEL).unwrap();
    assert_eq!(order.order_uid.as_str(), "b563feb7b2b84b6test");
    assert_eq!(order.track_number, "WBILMTESTTRACK");
    assert_eq!(order.entry, "WBIL");
    assert_eq!(order.locale, "en");
    assert_eq!(order.internal_signature, "");
    assert_eq!(order.customer_id, "test");
    assert_eq!(order.delivery_service, "meest");
    assert_eq!(order.shardkey, "9");
    assert_eq!(order.sm_id, Some(99));
    assert_eq!(order.date_created.to_string(), "2021-11-26T06:22:19Z");
    assert_eq!(order.oof_shard, "1");
    let delivery = Delivery {
        name: "Test Testov".into(),
        phone: "+9720000000".into(),
        zip: "2639809".into(),
        city: "Kiryat Mozkin".into(),
        address: "Ploshad Mira 15".into(),
        region: "Kraiot".into(),
        email: "test@gmail.com".into(),
    };
    assert_eq!(order.delivery, delivery);
    let payment = Payment {
        transaction: "b563feb7b2b84b6test".into(),
        request_id: String::new(),
        currency: "USD".into(),
        provider: "wbpay".into(),
        amount: money("1817"),
        payment_dt: Some(1_637_907_727),
        bank: "alpha".into(),
        delivery_cost: money("1500"),
        goods_total: money("317"),
        custom_fee: money("0"),
    };
    assert_eq!(order.payment, payment);
    let item = Item {
        chrt_id: Some(9_934_930),
        track_number: "WBILMTESTTRACK".into(),
        price: money("453"),
        rid: "ab4219087a764ae0btest".into(),
        name: "Mascaras".into(),
        sale: money("30"),
        size: "0".into(),
        total_price: money("317"),
        nm_id: Some(2_389_212),
        brand: "Vivienne Sabo".into(),
        status: Some(202),
    };
    assert_eq!(order.items, [item]);
}

#[test]
fn what_is_not_required_may_be_missing_or_null() {
    let required = [
        "order_uid",
        "track_number",
        "delivery",
        "payment",
        "items",
        "date_created",
    ];
    let whole: Value = serde_json::from_str(MODEL).unwrap();
    // Every object of the document with its place, and which fields it needs.
    for (place, required) in [
        ("", &required[..]),
        ("/delivery", &[]),
        ("/payment", &[]),
        ("/items/0", &[]),
    ] {
        let fields = whole.pointer(place).and_then(Value::as_object).unwrap();
        for field in fields.keys() {
            let mut without = whole.clone();
            let object = without
                .pointer_mut(place)
                .and_then(Value::as_object_mut)
                .unwrap();
            object.remove(field);
            let mut with_null = without.clone();
            with_null.pointer_mut(place).unwrap()[field] = Value::Null;
            let (without, with_null) = (parse(without.to_string()), parse(with_null.to_string()));
            if required.contains(&field.as_str()) {
                assert!(without.is_err() && with_null.is_err(), "{place}/{field}");
            } else {
                assert!(without.is_ok(), "{place}/{field}: {without:?}");
                assert_eq!(without, with_null, "{place}/{field}");
            }
        }
    }
}

#[test]
fn the_smallest_order_has_empty_texts_and_no_numbers() {
    let json = r#"{"order_uid":"a","track_number":"","delivery":{},"payment":{},"items":[],"date_created":"2021-11-26T06:22:19Z"}"#;
    let order = parse(json).unwrap();
    assert_eq!(order.delivery, Delivery::default());
    assert_eq!(order.payment, Payment::default());
    assert!(order.items.is_empty());
    assert_eq!((order.customer_id.as_str(), order.sm_id), ("", None));
}

#[test]
fn money_keeps_its_digits() {
    for text in [
        "0",
        "0.10",
        "1817.00",
        "1e3",
        "1E-2",
        "-0",
        "123456789012345678901234567890.5",
    ] {
        let order = parse(with("\"amount\": 1817", &format!("\"amount\": {text}"))).unwrap();
        assert_eq!(order.payment.amount.unwrap().as_str(), text);
    }
}

#[test]
fn integers_go_to_the_ends_of_bigint() {
    for number in [i64::MIN, -1, 0, i64::MAX] {
        let order = parse(with("1637907727", &number.to_string())).unwrap();
        assert_eq!(order.payment.payment_dt, Some(number));
    }
}

#[test]
fn sums_need_not_add_up() {
    assert!(parse(with("\"goods_total\": 317", "\"goods_total\": 1")).is_ok());
}

#[test]
fn unknown_fields_are_passed_over_wherever_they_stand() {
    let order = parse(MODEL).unwrap();
    let extra = r#""x": {"deep": [1e999, "\ud83d\ude00", null, {"": -0}]}, "y": 1, "y": 2,"#;
    for place in [
        "\"order_uid\":",
        "\"name\": \"Test",
        "\"request_id\"",
        "\"chrt_id\"",
    ] {
        assert_eq!(
            parse(with(place, &format!("{extra} {place}"))).as_ref(),
            Ok(&order),
            "{place}"
        );
    }
}

#[test]
fn names_of_fields_may_be_escaped() {
    let escaped = with("\"order_uid\"", "\"order\\u005fuid\"");
    assert_eq!(parse(escaped), parse(MODEL));
}

#[test]
fn white_space_around_the_order_is_no_harm() {
    assert_eq!(parse(format!("\r\n\t {MODEL} \n")), parse(MODEL));
}

#[test]
fn nesting_is_taken_to_the_limit_and_no_deeper() {
    // The order itself is one level.
    for (levels, is_taken) in [(orders::MAX_DEPTH - 1, true), (orders::MAX_DEPTH, false)] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{}0{}", open.repeat(levels), close.repeat(levels));
            let order = parse(with("\"entry\"", &format!("\"x\": {deep}, \"entry\"")));
            assert_eq!(order.is_ok(), is_taken, "{levels} {open}: {order:?}");
        }
    }
}
