//! The heading of the list: how many orders there are, as news.

use orders::Sort;

use super::question::Question;
use crate::{
    desk::Found,
    ui::format::number::{count, grouped},
};

/// What the heading is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Heading {
    /// Rows that are shown.
    pub(super) shown: usize,
    /// How many there were when they were counted.
    pub(super) found: Found,
    /// Whether the top of the list is on another page.
    pub(super) is_further_down: bool,
    /// Whether the question cannot be understood.
    pub(super) is_mistaken: bool,
    /// What they are sorted by.
    pub(super) sort: Sort,
}

impl Heading {
    /// What is said of the list that answers `question`.
    pub(super) fn of(question: &Question, found: Found, shown: usize) -> Self {
        Self {
            shown,
            found,
            is_further_down: question.is_further_down(),
            is_mistaken: question.mistake().is_some(),
            sort: question.sort(),
        }
    }

    /// Of a list of which none is shown: only the number is known.
    #[cfg(feature = "ssr")]
    pub(in crate::ui) fn counting(found: Found) -> Self {
        Self {
            found,
            ..Self::default()
        }
    }

    /// The number of orders.
    pub(in crate::ui) fn words(&self) -> String {
        if self.is_mistaken {
            "Nothing was looked up".to_owned()
        } else if self.shown == 0 && self.found.orders == 0 {
            "No orders".to_owned()
        } else {
            let counted = usize::try_from(self.found.orders).unwrap_or(usize::MAX);
            let all = counted.max(self.shown);
            if self.found.is_exact || all > counted {
                count(all, "order", "orders")
            } else {
                format!("{}+ orders", grouped(counted))
            }
        }
    }

    /// What else there is to say of the list.
    pub(super) fn caption(&self) -> String {
        if self.is_mistaken {
            return String::new();
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
        let of = |shown, found| Heading {
            shown,
            found,
            ..Heading::default()
        };
        let cases = [
            (of(50, found(1_284, true)), "1,284 orders"),
            (of(50, found(10_000, false)), "10,000+ orders"),
            (of(1, found(0, true)), "1 order"),
            (of(0, found(0, true)), "No orders"),
            (
                Heading {
                    is_mistaken: true,
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
            of(3, filling).caption(),
            "among the 5,000 searchable so far"
        );
    }
}
