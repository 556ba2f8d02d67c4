//! Whether an order's figures add up, as a sentence.

use orders::{Money, Order};
use rust_decimal::Decimal;

use super::number::{money, sum};

/// What calculating found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether every sum that could be calculated is right.
    pub adds_up: bool,
    /// The finding.
    pub sentence: String,
}

/// Calculates `items = goods` and `goods + delivery + fee = amount`, exactly.
/// A sum with a part that is missing or has too many digits is left out;
/// `None` if nothing can be said.
pub fn check(order: &Order) -> Option<Check> {
    let payment = &order.payment;
    let goods = compare(items_total(order), payment.goods_total.as_ref());
    let amount = compare(
        total([
            payment.goods_total.as_ref(),
            payment.delivery_cost.as_ref(),
            payment.custom_fee.as_ref(),
        ]),
        payment.amount.as_ref(),
    );
    let parted: Vec<String> = [
        goods
            .as_ref()
            .and_then(|compared| compared.parting("Items add up to", "The order says goods")),
        amount.as_ref().and_then(|compared| {
            compared.parting("Goods, delivery and fee add up to", "The order says amount")
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !parted.is_empty() {
        return Some(Check {
            adds_up: false,
            sentence: parted.join(" "),
        });
    }
    let sentence = match (goods, amount) {
        (Some(goods), Some(amount)) => format!(
            "Adds up: the items make {}, and goods, delivery and fee make {}.",
            sum(goods.found),
            sum(amount.found)
        ),
        (Some(goods), None) => format!("Adds up: the items make {}.", sum(goods.found)),
        (None, Some(amount)) => format!(
            "Adds up: goods, delivery and fee make {}.",
            sum(amount.found)
        ),
        (None, None) => return None,
    };
    Some(Check {
        adds_up: true,
        sentence,
    })
}

/// What the items cost together; `None` where that cannot be calculated.
pub fn items_total(order: &Order) -> Option<Decimal> {
    total(order.items.iter().map(|item| item.total_price.as_ref()))
}

fn total<'a>(amounts: impl IntoIterator<Item = Option<&'a Money>>) -> Option<Decimal> {
    amounts
        .into_iter()
        .try_fold(Decimal::ZERO, |so_far, amount| {
            exact_sum(so_far, amount?.to_decimal()?)
        })
}

/// `a + b` if 28 digits hold it. `checked_add` alone would round.
fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let added = a.checked_add(b)?;
    (added.checked_sub(a)? == b && added.checked_sub(b)? == a).then_some(added)
}

struct Compared<'a> {
    found: Decimal,
    said: Decimal,
    as_sent: &'a Money,
}

fn compare(found: Option<Decimal>, as_sent: Option<&Money>) -> Option<Compared<'_>> {
    let as_sent = as_sent?;
    Some(Compared {
        found: found?,
        said: as_sent.to_decimal()?,
        as_sent,
    })
}

impl Compared<'_> {
    fn parting(&self, what: &str, says: &str) -> Option<String> {
        if self.found == self.said {
            return None;
        }
        let (difference, word) = if self.said > self.found {
            (self.said.checked_sub(self.found), "more")
        } else {
            (self.found.checked_sub(self.said), "less")
        };
        let difference = difference.map_or_else(
            || word.to_owned(),
            |difference| format!("{} {word}", sum(difference)),
        );
        Some(format!(
            "{what} {}. {says} {}: {difference}.",
            sum(self.found),
            money(self.as_sent)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, check};

    fn check_of(
        items: &[&str],
        goods: &str,
        delivery: &str,
        fee: &str,
        amount: &str,
    ) -> Option<Check> {
        let items: Vec<_> = items
            .iter()
            .map(|total| format!(r#"{{"total_price":{total}}}"#))
            .collect();
        let document = format!(
            r#"{{"order_uid":"a","track_number":"b","delivery":{{}},"date_created":"2021-11-26T06:22:19Z",
            "payment":{{"goods_total":{goods},"delivery_cost":{delivery},"custom_fee":{fee},"amount":{amount}}},
            "items":[{}]}}"#,
            items.join(",")
        );
        check(&orders::parse(document.as_bytes(), usize::MAX).unwrap())
    }

    #[test]
    fn sums_are_exact_and_said_in_a_sentence() {
        let cases = [
            (
                check_of(&["623", "359", "6742"], "7724", "350", "0", "8074"),
                Some((
                    true,
                    "Adds up: the items make 7,724, and goods, delivery and fee make 8,074.",
                )),
            ),
            (
                check_of(&["0.1", "0.2"], "0.30", "0", "0", "0.3"),
                Some((
                    true,
                    "Adds up: the items make 0.3, and goods, delivery and fee make 0.3.",
                )),
            ),
            (
                check_of(&["26655"], "26705", "0", "0", "26705"),
                Some((
                    false,
                    "Items add up to 26,655. The order says goods 26,705: 50 more.",
                )),
            ),
            (
                check_of(&["317"], "317", "1500", "0", "1800"),
                Some((
                    false,
                    "Goods, delivery and fee add up to 1,817. The order says amount 1,800: 17 less.",
                )),
            ),
            (
                check_of(&["317"], "317", "null", "0", "1800"),
                Some((true, "Adds up: the items make 317.")),
            ),
            (check_of(&["null"], "317", "1500", "0", "null"), None),
            (
                check_of(&[], "0", "null", "0", "null"),
                Some((true, "Adds up: the items make 0.")),
            ),
            // More digits than can be calculated with: nothing is claimed.
            (
                check_of(
                    &["9999999999999999999999999999", "0.1"],
                    "1",
                    "null",
                    "0",
                    "1",
                ),
                None,
            ),
            (
                check_of(
                    &["79228162514264337593543950335", "1"],
                    "1",
                    "null",
                    "0",
                    "1",
                ),
                None,
            ),
        ];
        for (found, expected) in cases {
            let expected = expected.map(|(adds_up, sentence): (bool, &str)| Check {
                adds_up,
                sentence: sentence.to_owned(),
            });
            assert_eq!(found, expected);
        }
    }
}
