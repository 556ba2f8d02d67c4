//! What holds for every message there can be. The fuzz target includes this
//! file; `corpus.rs` passes it everything that fuzzing has found.

use orders::{DEFAULT_MAX_ORDER_BYTES, Money, Order, OrderSummary, RowSeq, Timestamp, parse};
use serde_json::Value;

/// The longest sentence about a fault, in characters: it is shown in lists.
const MAX_DETAIL_CHARS: usize = 600;

/// Checks what holds for every message.
///
/// # Panics
/// When it does not hold.
pub fn hold(message: &[u8]) {
    match parse(message, DEFAULT_MAX_ORDER_BYTES) {
        Ok(order) => order_holds(message, &order),
        Err(rejection) => {
            assert!(!rejection.detail.is_empty(), "{rejection:?}");
            assert!(
                rejection.detail.chars().count() <= MAX_DETAIL_CHARS,
                "{rejection:?}"
            );
            assert!(!rejection.path.contains('\0') && !rejection.detail.contains('\0'));
        }
    }
}

fn order_holds(message: &[u8], order: &Order) {
    let text = std::str::from_utf8(message).expect("an order is text");
    let value: Value = serde_json::from_str(text).expect("an order is one JSON value");
    assert!(!holds_nul(&value), "PostgreSQL would fail on it");
    assert_eq!(value["order_uid"], order.order_uid.as_str());
    let length = order.order_uid.as_str().chars().count();
    assert!((1..=128).contains(&length), "{length}");
    let payment = &order.payment;
    let amounts = [
        &payment.amount,
        &payment.delivery_cost,
        &payment.goods_total,
        &payment.custom_fee,
    ];
    for amount in amounts.into_iter().flatten() {
        money_holds(amount);
    }
    assert_eq!(
        Timestamp::parse(&order.date_created.to_string()).ok(),
        Some(order.date_created),
        "a time is written so that it reads the same"
    );
    let summary = OrderSummary::new(order, RowSeq::new(1), order.date_created);
    let sent = serde_json::to_string(&summary).expect("a summary can be sent");
    let read: OrderSummary = serde_json::from_str(&sent).expect("a summary can be read");
    assert_eq!(read, summary);
}

fn money_holds(money: &Money) {
    let text = money.to_string();
    assert_eq!(
        Money::parse(&text).map(|again| again.to_string()).ok(),
        Some(text),
        "money is shown as it was sent"
    );
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
