//! Whether an order's figures add up, as a sentence.

use orders::{Money, Order};
use rust_decimal::Decimal;

use super::number::{money, sum};
use crate::ui::language::{Locale, td_string};

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
pub fn check(order: &Order, locale: Locale) -> Option<Check> {
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
        goods.as_ref().and_then(|compared| {
            let words = compared.words(locale)?;
            let (found, said, difference) = (words.found, words.said, words.difference);
            Some(td_string!(locale, sums.goods_part, found, said, difference))
        }),
        amount.as_ref().and_then(|compared| {
            let words = compared.words(locale)?;
            let (found, said, difference) = (words.found, words.said, words.difference);
            Some(td_string!(
                locale,
                sums.amount_parts,
                found,
                said,
                difference
            ))
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
        (Some(goods), Some(amount)) => td_string!(
            locale,
            sums.both_add_up,
            goods = sum(locale, goods.found),
            amount = sum(locale, amount.found)
        ),
        (Some(goods), None) => {
            td_string!(locale, sums.goods_add_up, goods = sum(locale, goods.found))
        }
        (None, Some(amount)) => {
            td_string!(
                locale,
                sums.amount_adds_up,
                amount = sum(locale, amount.found)
            )
        }
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

/// Two sums that part, in words.
struct Words {
    found: String,
    said: String,
    difference: String,
}

impl Compared<'_> {
    /// `None` where they do not part.
    fn words(&self, locale: Locale) -> Option<Words> {
        if self.found == self.said {
            return None;
        }
        let is_more = self.said > self.found;
        let difference = if is_more {
            self.said.checked_sub(self.found)
        } else {
            self.found.checked_sub(self.said)
        };
        let by = difference.map(|difference| sum(locale, difference));
        let difference = match (is_more, by) {
            (true, Some(by)) => td_string!(locale, sums.more_by, by),
            (false, Some(by)) => td_string!(locale, sums.less_by, by),
            (true, None) => td_string!(locale, sums.more).to_owned(),
            (false, None) => td_string!(locale, sums.less).to_owned(),
        };
        Some(Words {
            found: sum(locale, self.found),
            said: money(locale, self.as_sent),
            difference,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, Locale, check};

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
        let order = orders::parse(document.as_bytes(), usize::MAX).unwrap();
        check(&order, Locale::en)
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
