//! The heading of the list: how many orders there are, as news.

use orders::Sort;

use super::question::Question;
use crate::{
    desk::Found,
    ui::{
        format::number::grouped,
        language::{Locale, counted, td_string},
    },
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
    pub(in crate::ui) fn words(&self, locale: Locale) -> String {
        if self.is_mistaken {
            td_string!(locale, desk.not_looked_up).to_owned()
        } else if self.shown == 0 && self.found.orders == 0 {
            td_string!(locale, desk.no_orders).to_owned()
        } else {
            let counted = usize::try_from(self.found.orders).unwrap_or(usize::MAX);
            let all = counted.max(self.shown);
            if self.found.is_exact || all > counted {
                counted!(locale, count.orders, all)
            } else {
                td_string!(locale, desk.at_least, number = grouped(locale, counted))
            }
        }
    }

    /// What else there is to say of the list.
    pub(super) fn caption(&self, locale: Locale) -> String {
        if self.is_mistaken {
            return String::new();
        }
        if let Some(searched) = self.found.searched {
            return td_string!(locale, desk.among, number = grouped(locale, searched));
        }
        let order = match (self.sort, self.is_further_down) {
            (Sort::Arrival, false) => td_string!(locale, desk.newest_first),
            (Sort::Arrival, true) => td_string!(locale, desk.older),
            (Sort::Date, false) => td_string!(locale, desk.placed_last_first),
            (Sort::Date, true) => td_string!(locale, desk.placed_earlier),
            (Sort::Amount, false) => td_string!(locale, desk.largest_first),
            (Sort::Amount, true) => td_string!(locale, desk.smaller),
        };
        order.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Heading, Locale};
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
            (
                of(50, found(1_284, true)),
                "1,284 orders",
                "1\u{a0}284 заказа",
            ),
            (
                of(50, found(10_000, false)),
                "10,000+ orders",
                "10\u{a0}000+ заказов",
            ),
            (of(1, found(0, true)), "1 order", "1 заказ"),
            (of(0, found(0, true)), "No orders", "Заказов нет"),
            (
                Heading {
                    is_mistaken: true,
                    ..Heading::default()
                },
                "Nothing was looked up",
                "Поиска не было",
            ),
        ];
        for (heading, english, russian) in cases {
            assert_eq!(heading.words(Locale::en), english, "{heading:?}");
            assert_eq!(heading.words(Locale::ru), russian, "{heading:?}");
        }
        let filling = Found {
            searched: Some(5_000),
            ..found(3, true)
        };
        assert_eq!(
            of(3, filling).caption(Locale::en),
            "among the 5,000 searchable so far"
        );
    }
}
