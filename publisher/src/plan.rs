//! Which message of a run is an order, a duplicate, or invalid: exact numbers
//! of each, in an order that the seed decides.

use rand::{RngExt as _, seq::SliceRandom as _};

use crate::{
    generate::{self, Stream},
    invalid::InvalidKind,
    message::{Content, Message, OrderLine, Source},
};

/// The shares of messages that are no fresh orders. Together at most 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratios {
    /// Messages that are no valid order.
    pub invalid: f64,
    /// Messages that repeat an earlier order of the run.
    pub duplicate: f64,
}

/// What a message is to be. One byte each: a plan of 100 million messages
/// takes 100 MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Order,
    Duplicate,
    Invalid(InvalidKind),
}

/// The messages of a run, made up from a seed.
#[derive(Clone, Debug)]
pub struct Plan {
    seed: u64,
    classes: Vec<Class>,
}

impl Plan {
    /// Plans `count` messages. The numbers of invalid messages and of
    /// duplicates are the shares of `count`, rounded; one message at least is
    /// an order where there are duplicates, as they need something to repeat.
    /// Invalid messages go through every [`InvalidKind`] in turn.
    pub fn new(seed: u64, count: u64, ratios: Ratios) -> Self {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let invalid = share_of(count, ratios.invalid);
        let duplicates = share_of(count, ratios.duplicate).min((count - invalid).saturating_sub(1));
        let mut classes = Vec::with_capacity(count);
        classes.extend(
            InvalidKind::ALL
                .into_iter()
                .cycle()
                .take(invalid)
                .map(Class::Invalid),
        );
        classes.resize(invalid + duplicates, Class::Duplicate);
        classes.resize(count, Class::Order);
        classes.shuffle(&mut generate::rng(seed, Stream::Plan, 0));
        let first = |wanted| classes.iter().position(|&class| class == wanted);
        if let (Some(duplicate), Some(order)) = (first(Class::Duplicate), first(Class::Order))
            && duplicate < order
        {
            classes.swap(duplicate, order);
        }
        Self { seed, classes }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The earlier order that the duplicate at `index` repeats.
    fn original(&self, index: usize) -> usize {
        let any = generate::rng(self.seed, Stream::Original, index as u64).random_range(0..index);
        let is_order = |&at: &usize| self.classes.get(at) == Some(&Class::Order);
        (0..=any)
            .rev()
            .find(is_order)
            .or_else(|| (any..index).find(is_order))
            .unwrap_or_default()
    }
}

impl Source for Plan {
    fn len(&self) -> u64 {
        self.classes.len() as u64
    }

    /// # Panics
    /// If there is no such message.
    fn message(&self, index: u64) -> Message {
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        match self.classes[at] {
            Class::Order => order(self.seed, index, Content::Order),
            Class::Duplicate => order(self.seed, self.original(at) as u64, Content::Duplicate),
            Class::Invalid(kind) => Message {
                payload: kind.spoil(&generate::order(self.seed, index)),
                content: Content::NoOrder(kind.reason()),
            },
        }
    }

    fn largest_bytes(&self) -> usize {
        generate::MAX_BYTES
    }
}

fn order(seed: u64, index: u64, content: fn(OrderLine) -> Content) -> Message {
    let order = generate::order(seed, index);
    Message {
        payload: generate::bytes(&order),
        content: content(OrderLine {
            items: order.items.len(),
            order_uid: order.order_uid,
        }),
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts lie far below 2^53 and shares between 0 and 1"
)]
fn share_of(count: usize, share: f64) -> usize {
    ((count as f64 * share).round() as usize).min(count)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::{Plan, Ratios};
    use crate::message::{Content, Source as _};

    #[derive(Default)]
    struct Tally {
        orders: HashMap<String, Vec<u8>>,
        duplicates: usize,
        invalid: usize,
    }

    fn tally(plan: &Plan) -> Tally {
        let mut tally = Tally::default();
        for index in 0..plan.len() {
            let message = plan.message(index);
            match message.content {
                Content::Order(line) => {
                    let repeated = tally
                        .orders
                        .insert(line.order_uid.to_string(), message.payload);
                    assert_eq!(repeated, None, "an order's uid is its own");
                }
                Content::Duplicate(line) => {
                    assert_eq!(
                        tally.orders.get(line.order_uid.as_str()),
                        Some(&message.payload),
                        "a duplicate repeats an earlier order byte for byte"
                    );
                    tally.duplicates += 1;
                }
                Content::NoOrder(_) => tally.invalid += 1,
            }
        }
        tally
    }

    #[test]
    fn the_numbers_are_exact() {
        let ratios = Ratios {
            invalid: 0.05,
            duplicate: 0.05,
        };
        let tally = tally(&Plan::new(7, 10_000, ratios));
        assert_eq!(
            (tally.orders.len(), tally.duplicates, tally.invalid),
            (9000, 500, 500)
        );
    }

    #[test]
    fn every_share_of_a_few_messages_works() {
        for (count, invalid, duplicate, expected) in [
            (1, 0.0, 0.0, (1, 0, 0)),
            (1, 1.0, 0.0, (0, 0, 1)),
            (1, 0.0, 1.0, (1, 0, 0)),
            (3, 0.5, 0.5, (1, 0, 2)),
            (10, 0.0, 1.0, (1, 9, 0)),
            (10, 0.9, 0.1, (1, 0, 9)),
            (100, 0.9, 0.05, (5, 5, 90)),
        ] {
            let tally = tally(&Plan::new(1, count, Ratios { invalid, duplicate }));
            assert_eq!(
                (tally.orders.len(), tally.duplicates, tally.invalid),
                expected,
                "{count} {invalid} {duplicate}"
            );
        }
    }

    #[test]
    fn the_seed_decides_everything() {
        let ratios = Ratios {
            invalid: 0.2,
            duplicate: 0.2,
        };
        let all = |seed| {
            let plan = Plan::new(seed, 200, ratios);
            (0..200)
                .map(|index| plan.message(index))
                .collect::<Vec<_>>()
        };
        assert_eq!(all(1), all(1));
        let uids = |seed| {
            all(seed)
                .iter()
                .filter_map(|message| message.content.line())
                .map(|line| line.order_uid.to_string())
                .collect::<HashSet<_>>()
        };
        assert!(uids(1).is_disjoint(&uids(2)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn counts_add_up_for_any_shares(
            seed: u64,
            count in 1_u64..300,
            invalid in 0.0..=0.5,
            duplicate in 0.0..=0.5,
        ) {
            let tally = tally(&Plan::new(seed, count, Ratios { invalid, duplicate }));
            prop_assert_eq!(
                (tally.orders.len() + tally.duplicates + tally.invalid) as u64,
                count
            );
        }
    }
}
