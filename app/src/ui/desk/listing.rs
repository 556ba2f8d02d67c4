//! The rows of one list while new ones arrive: which are shown, which wait.

use std::collections::BTreeSet;

use orders::{Cursor, OrderSummary, RowSeq};

use crate::desk::{DEFAULT_PAGE, OrderPage};

/// The most rows that a list grows to; further ones are on another page.
pub const MAX_ROWS: usize = 1_000;

/// What has arrived since a list was asked for, and belongs into it.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    /// Newest first, no more than a page.
    rows: Vec<OrderSummary>,
    /// How many there were, those included that are no longer kept.
    count: usize,
}

impl Arrivals {
    /// Takes those of `batch` that were not there, the newest page of them.
    pub fn take(&mut self, batch: &[OrderSummary]) {
        let before = self.rows.len();
        self.rows.extend_from_slice(batch);
        self.rows
            .sort_unstable_by_key(|row| std::cmp::Reverse(row.seq));
        self.rows.dedup_by_key(|row| row.seq);
        // An operator may have put another order in the place of one.
        let mut uids = BTreeSet::new();
        self.rows.retain(|row| uids.insert(row.order_uid.clone()));
        self.count += self.rows.len().saturating_sub(before);
        self.rows.truncate(DEFAULT_PAGE);
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub order: OrderSummary,
    /// Whether it came by the stream, after the page.
    pub is_new: bool,
}

impl Row {
    fn old(order: OrderSummary) -> Self {
        Self {
            order,
            is_new: false,
        }
    }
}

/// A list, page by page. New orders wait until [`Listing::show`].
#[derive(Clone, Debug)]
pub struct Listing {
    rows: Vec<Row>,
    /// Rows that stay on top: one, if it has just the uid that was asked for.
    pinned: usize,
    waiting: Vec<OrderSummary>,
    next: Option<Cursor>,
}

impl Listing {
    /// The first page as it was read; `typed` is what was asked.
    pub fn new(typed: &str, page: OrderPage) -> Self {
        let is_exact = page
            .orders
            .first()
            .is_some_and(|first| first.order_uid.as_str() == typed.trim());
        Self {
            rows: page.orders.into_iter().map(Row::old).collect(),
            pinned: usize::from(is_exact),
            waiting: Vec::new(),
            next: page.next,
        }
    }

    /// The rows that are shown.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The newest row that is shown; 0 if there is none.
    pub fn newest(&self) -> RowSeq {
        let seqs = self.rows.iter().map(|row| row.order.seq);
        seqs.max().unwrap_or_default()
    }

    /// How many new orders wait to be shown.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Where the next page starts, if there is one.
    pub fn next(&self) -> Option<Cursor> {
        self.next
    }

    /// Where the page starts that may be shown below these rows.
    pub fn continued(&self) -> Option<Cursor> {
        self.next.filter(|_| self.rows.len() < MAX_ROWS)
    }

    /// Adds the page that follows.
    pub fn append(&mut self, page: OrderPage) {
        let here: BTreeSet<_> = self
            .rows
            .iter()
            .map(|row| row.order.order_uid.clone())
            .collect();
        let more = page
            .orders
            .into_iter()
            .filter(|order| !here.contains(&order.order_uid));
        self.rows.extend(more.map(Row::old));
        self.next = page.next;
    }

    /// Lets those that are not in the list yet wait for [`Listing::show`].
    pub fn take(&mut self, arrivals: &Arrivals) {
        let oldest = self.rows.last().map(|row| row.order.seq);
        let is_full = self.rows.len() >= DEFAULT_PAGE;
        self.waiting = arrivals
            .rows
            .iter()
            .filter(|new| {
                let is_below = is_full && oldest.is_some_and(|oldest| new.seq < oldest);
                let is_here =
                    |row: &Row| row.order.order_uid == new.order_uid && row.order.seq >= new.seq;
                !is_below && !self.rows.iter().any(is_here)
            })
            .cloned()
            .collect();
    }

    /// Shows what waits, and lets as many of the oldest rows go. A row whose
    /// order was replaced by one of those that wait goes first.
    pub fn show(&mut self) {
        let waiting = &self.waiting;
        let is_replaced = |row: &Row| {
            waiting
                .iter()
                .any(|new| new.order_uid == row.order.order_uid)
        };
        if self.rows.iter().take(self.pinned).any(is_replaced) {
            self.pinned = 0;
        }
        self.rows.retain(|row| !is_replaced(row));
        let new = self.waiting.drain(..).map(|order| Row {
            order,
            is_new: true,
        });
        self.rows.splice(self.pinned..self.pinned, new);
        if self.rows.len() > DEFAULT_PAGE {
            self.rows.truncate(DEFAULT_PAGE);
            self.next = self
                .rows
                .last()
                .map(|oldest| Cursor::before(oldest.order.seq));
        }
    }
}

#[cfg(test)]
mod tests {
    use orders::{Cursor, OrderSummary, RowSeq};

    use super::{Arrivals, Listing};
    use crate::desk::{DEFAULT_PAGE, OrderPage};

    fn order(seq: i64, uid: &str) -> OrderSummary {
        let document = format!(
            r#"{{"order_uid":"{uid}","track_number":"T{seq}","delivery":{{}},"payment":{{}},"items":[],
            "date_created":"2021-11-26T06:22:19Z"}}"#
        );
        let order = orders::parse(document.as_bytes(), usize::MAX).unwrap();
        OrderSummary::new(&order, RowSeq::new(seq), order.date_created)
    }

    fn seqs(listing: &Listing) -> Vec<i64> {
        listing
            .rows()
            .iter()
            .map(|row| row.order.seq.get())
            .collect()
    }

    fn page(seqs: impl IntoIterator<Item = i64>) -> OrderPage {
        OrderPage {
            orders: seqs
                .into_iter()
                .map(|seq| order(seq, &format!("u{seq}")))
                .collect(),
            ..OrderPage::default()
        }
    }

    #[test]
    fn new_orders_wait_and_then_come_first() {
        let mut listing = Listing::new("", page([2, 1]));
        let mut arrivals = Arrivals::default();
        // Row 2 is in the page already: the stream starts a little earlier.
        arrivals.take(&[order(2, "u2"), order(3, "u3")]);
        arrivals.take(&[order(4, "u4")]);
        assert_eq!(arrivals.count(), 3);
        listing.take(&arrivals);
        assert_eq!((seqs(&listing), listing.waiting()), (vec![2, 1], 2));
        listing.show();
        assert_eq!((seqs(&listing), listing.waiting()), (vec![4, 3, 2, 1], 0));
        listing.take(&arrivals);
        assert_eq!(listing.waiting(), 0);
    }

    #[test]
    fn an_order_in_the_place_of_another_takes_its_row() {
        let mut listing = Listing::new("u2", page([2, 21]));
        let mut arrivals = Arrivals::default();
        arrivals.take(&[order(30, "u2"), order(31, "u2")]);
        listing.take(&arrivals);
        listing.show();
        assert_eq!(seqs(&listing), [31, 21]);
        listing.take(&arrivals);
        assert_eq!(listing.waiting(), 0);
    }

    #[test]
    fn the_list_stays_a_page_long_and_the_next_page_follows_it() {
        let size = i64::try_from(DEFAULT_PAGE).unwrap();
        let mut listing = Listing::new("", page((1..=size).rev()));
        let mut arrivals = Arrivals::default();
        let new: Vec<_> = (1..=3).map(|n| order(size + n, &format!("n{n}"))).collect();
        arrivals.take(&new);
        listing.take(&arrivals);
        listing.show();
        assert_eq!(listing.rows().len(), DEFAULT_PAGE);
        assert_eq!(listing.next(), Some(Cursor::before(RowSeq::new(4))));
    }

    #[test]
    fn the_very_uid_stays_first() {
        let mut listing = Listing::new("u1", page([1, 12, 11]));
        let mut arrivals = Arrivals::default();
        arrivals.take(&[order(13, "u13")]);
        listing.take(&arrivals);
        listing.show();
        assert_eq!(seqs(&listing), [1, 13, 12, 11]);
    }

    #[test]
    fn the_page_that_follows_is_added_once() {
        let mut listing = Listing::new("", page([4, 3]));
        listing.append(page([3, 2]));
        assert_eq!(seqs(&listing), [4, 3, 2]);
    }
}
