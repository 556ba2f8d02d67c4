//! The heading of the list: how many orders there are, as news.

use orders::Sort;

use super::question::Question;
use crate::{
    desk::{Found, OrderPage},
    ui::format::number::{count, grouped},
};

/// What the heading is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// Rows that are shown.
    pub(super) shown: usize,
    /// How many there were when they were counted.
    pub(super) found: Found,
    /// How many arrived since.
    pub(super) arrived: usize,
    /// Whether the top of the list is on another page.
    pub(super) is_further_down: bool,
    /// Whether the rows are those of an earlier question.
    pub(super) is_stale: bool,
    /// What they are sorted by.
    pub(super) sort: Sort,
}

/// The number of orders that were found.
pub(super) fn words_of(page: &OrderPage) -> String {
    number(page.found, 0, page.orders.len())
}

fn number(found: Found, arrived: usize, shown: usize) -> String {
    let counted = usize::try_from(found.orders).unwrap_or(usize::MAX);
    let all = counted.saturating_add(arrived).max(shown);
    if found.is_exact || all > counted {
        count(all, "order", "orders")
    } else {
        format!("{}+ orders", grouped(counted))
    }
}

impl Heading {
    /// What is said of the list that answers `question`.
    pub(super) fn of(question: &Question, found: Found, shown: usize, arrived: usize) -> Self {
        Self {
            shown,
            found,
            arrived: if found.is_exact { arrived } else { 0 },
            is_further_down: question.is_further_down(),
            is_stale: question.mistake().is_some(),
            sort: question.sort(),
        }
    }

    /// The number of orders.
    pub(super) fn words(&self) -> String {
        if self.is_stale && self.shown == 0 {
            "Nothing was looked up".to_owned()
        } else if self.shown == 0 && self.found.orders == 0 {
            "No orders".to_owned()
        } else {
            number(self.found, self.arrived, self.shown)
        }
    }

    /// What else there is to say of the list.
    pub(super) fn caption(&self) -> String {
        if self.is_stale {
            return if self.shown == 0 {
                String::new()
            } else {
                "of the last search".to_owned()
            };
        }
        if let Some(searched) = self.found.searched {
            return format!("among the {} searchable so far", grouped(searched));
        }
        let order = match (self.sort, self.is_further_down) {
            (Sort::Arrival, false) => "newest first",
            (Sort::Arrival, true) => "older ones",
            (Sort::Date, false) => "placed last first",
            (Sort::Date, true) => "placed earlier",
            (Sort::Amount, false) => "largest first",
            (Sort::Amount, true) => "smaller ones",
        };
        format!("{order} · times in UTC")
    }
}

#[cfg(test)]
mod tests {
    use super::Heading;
    use crate::desk::Found;

    #[test]
    fn the_heading_claims_only_what_is_known() {
        let found = |orders, is_exact| Found {
            orders,
            is_exact,
            searched: None,
        };
        let of = |shown, found, arrived| Heading {
            shown,
            found,
            arrived,
            ..Heading::default()
        };
        let cases = [
            (of(50, found(1_284, true), 0), "1,284 orders"),
            (of(50, found(1_284, true), 2), "1,286 orders"),
            (of(50, found(10_000, false), 0), "10,000+ orders"),
            (of(1, found(0, true), 0), "1 order"),
            (of(0, found(0, true), 0), "No orders"),
            (
                Heading {
                    is_stale: true,
                    ..Heading::default()
                },
                "Nothing was looked up",
            ),
        ];
        for (heading, expected) in cases {
            assert_eq!(heading.words(), expected, "{heading:?}");
        }
        let filling = Found {
            searched: Some(5_000),
            ..found(3, true)
        };
        assert_eq!(
            of(3, filling, 0).caption(),
            "among the 5,000 searchable so far"
        );
    }
}
