//! The heading of the desk: how many orders there are, as news.

use crate::ui::format::number::count;

/// What the heading is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DeskHeading {
    /// Rows that are shown.
    pub(super) shown: usize,
    /// Orders in all, where that is known.
    pub(super) total: Option<u64>,
    /// Whether more follow on the next page.
    pub(super) has_next: bool,
    /// Whether the newest are on another page.
    pub(super) is_older: bool,
    /// Whether the rows are those of an earlier question.
    pub(super) is_stale: bool,
}

impl DeskHeading {
    /// The number of orders.
    pub(super) fn words(self) -> String {
        let shown = count(self.shown, "order", "orders");
        match self.total {
            _ if self.is_stale && self.shown == 0 => "Nothing was looked up".to_owned(),
            Some(total) if !self.is_stale => {
                // The stream's rows come up to a second before its counts.
                let total = usize::try_from(total).unwrap_or(usize::MAX);
                count(total.max(self.shown), "order", "orders")
            }
            _ if self.is_older => format!("{shown} further down"),
            _ if self.has_next => format!("More than {shown}"),
            _ => shown,
        }
    }

    /// What else there is to say of the list.
    pub(super) fn caption(self) -> &'static str {
        match (self.is_stale, self.is_older) {
            (true, _) if self.shown == 0 => "",
            (true, _) => "of the last search",
            (false, true) => "older ones · times in UTC",
            (false, false) => "newest first · times in UTC",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DeskHeading;

    #[test]
    fn the_heading_claims_only_what_is_known() {
        let shown_50 = DeskHeading {
            shown: 50,
            ..DeskHeading::default()
        };
        let cases = [
            (
                DeskHeading {
                    total: Some(1_284),
                    has_next: true,
                    ..shown_50
                },
                "1,284 orders",
            ),
            (
                DeskHeading {
                    total: Some(49),
                    ..shown_50
                },
                "50 orders",
            ),
            (
                DeskHeading {
                    has_next: true,
                    ..shown_50
                },
                "More than 50 orders",
            ),
            (
                DeskHeading {
                    is_older: true,
                    ..shown_50
                },
                "50 orders further down",
            ),
            (
                DeskHeading {
                    shown: 1,
                    ..DeskHeading::default()
                },
                "1 order",
            ),
            (
                DeskHeading {
                    is_stale: true,
                    total: Some(1_284),
                    ..DeskHeading::default()
                },
                "Nothing was looked up",
            ),
        ];
        for (heading, expected) in cases {
            assert_eq!(heading.words(), expected, "{heading:?}");
        }
    }
}
