//! The orders of a run: the publisher's own, from a seed, each with two items.

use orderdesk_publish::generate;
use orders::{Item, Money, Order};

/// Items of each order.
const ITEMS: usize = 2;

/// Seeds of the orders that lend an item lie this far from those that borrow.
const LENDER: u64 = 1 << 32;

/// A supply of orders: the same number gives the same order.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    seed: u64,
}

impl Corpus {
    /// The orders of `seed`. Those of two seeds have no uid in common.
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The order with this number.
    pub fn order(self, number: u64) -> Order {
        let mut order = generate::order(self.seed, number);
        if order.items.len() < ITEMS {
            let lender = generate::order(self.seed + LENDER, number);
            let item = lender.items.into_iter().next().unwrap_or_default();
            order.items.push(Item {
                track_number: order.track_number.clone(),
                ..item
            });
        }
        order.items.truncate(ITEMS);
        let goods = cents_of(order.items.iter().map(|item| item.total_price.as_ref()));
        let payment = &order.payment;
        let besides = [payment.delivery_cost.as_ref(), payment.custom_fee.as_ref()];
        let amount = goods + cents_of(besides.into_iter());
        order.payment.goods_total = money(goods);
        order.payment.amount = money(amount);
        order
    }

    /// The uid and the document of the order with this number.
    pub fn document(self, number: u64) -> (String, Vec<u8>) {
        let order = self.order(number);
        (order.order_uid.to_string(), generate::bytes(&order))
    }

    /// The uid of the order with this number.
    pub fn uid(self, number: u64) -> String {
        generate::order(self.seed, number).order_uid.to_string()
    }
}

fn cents_of<'a>(sums: impl Iterator<Item = Option<&'a Money>>) -> u64 {
    let cents = |money: &Money| {
        let (whole, part) = money
            .as_str()
            .split_once('.')
            .unwrap_or((money.as_str(), ""));
        let whole: u64 = whole.parse().unwrap_or_default();
        let part: u64 = format!("{part:0<2}").parse().unwrap_or_default();
        whole * 100 + part
    };
    sums.flatten().map(cents).sum()
}

fn money(cents: u64) -> Option<Money> {
    let text = match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    };
    Money::parse(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::Corpus;

    #[test]
    fn every_order_is_valid_and_has_two_items() {
        let corpus = Corpus::new(7);
        for number in 0..500 {
            let (uid, document) = corpus.document(number);
            let order = orders::parse(&document, usize::MAX).expect("a valid order");
            assert_eq!(
                (order.order_uid.as_str(), order.items.len()),
                (uid.as_str(), 2)
            );
            assert_eq!(uid, corpus.uid(number));
        }
    }
}
