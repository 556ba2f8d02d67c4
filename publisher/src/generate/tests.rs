//! What made-up orders promise.

use std::collections::HashSet;

use orders::{DEFAULT_MAX_ORDER_BYTES, Money, Order};

use super::{bytes, order};

/// Order 0 of seed 1.
const GOLDEN: &str = include_str!("golden.json");

#[test]
fn every_order_is_valid_and_reads_back_equal() {
    for index in 0..2000 {
        let order = order(11, index);
        let document = bytes(&order);
        assert_eq!(
            orders::parse(&document, DEFAULT_MAX_ORDER_BYTES),
            Ok(order),
            "{index}"
        );
        assert!((500..4000).contains(&document.len()), "{index}");
    }
}

/// Whoever changes what orders look like changes this, on purpose.
#[test]
fn a_seed_means_the_same_bytes_for_ever() {
    let document = String::from_utf8(bytes(&order(1, 0))).unwrap();
    assert_eq!(document, GOLDEN.trim_end());
}

#[test]
fn no_uid_comes_twice() {
    let uids: HashSet<_> = (0..20_000).map(|index| super::uid(5, index)).collect();
    assert_eq!(uids.len(), 20_000);
    assert!(uids.iter().all(|uid| uid.as_str().len() == 19));
}

#[test]
fn sums_add_up_in_most_orders_and_not_in_a_few() {
    let adds_up = |order: &Order| {
        let sum = |parts: &[&Option<Money>]| {
            parts
                .iter()
                .filter_map(|money| money.as_ref()?.to_decimal())
                .sum::<rust_decimal::Decimal>()
        };
        let payment = &order.payment;
        let items: Vec<_> = order.items.iter().map(|item| &item.total_price).collect();
        assert_eq!(sum(&items), sum(&[&payment.goods_total]));
        let parts = [
            &payment.goods_total,
            &payment.delivery_cost,
            &payment.custom_fee,
        ];
        sum(&parts) == sum(&[&payment.amount])
    };
    let number = (0..2000).filter(|&index| adds_up(&order(2, index))).count();
    assert!((1900..1990).contains(&number), "{number}");
}

#[test]
fn orders_differ() {
    let orders: Vec<_> = (0..1000).map(|index| order(2, index)).collect();
    let different =
        |what: fn(&Order) -> String| orders.iter().map(what).collect::<HashSet<_>>().len();
    assert!(different(|order| order.payment.currency.clone()) >= 6);
    assert!(different(|order| order.delivery.city.clone()) >= 20);
    assert!(different(|order| order.delivery.name.clone()) >= 150);
    assert_eq!(different(|order| order.items.len().to_string()), 6);
    let items: usize = orders.iter().map(|order| order.items.len()).sum();
    assert!(
        (2000..2800).contains(&items),
        "about two and a half each: {items}"
    );
}
