//! What a page shows beside an order. It never makes the page wait: what is not
//! known within [`AT_MOST`] is left out.

use std::time::Duration;

use app::desk::{Found, Neighbours, Related};
use orders::{
    Cursor, OrderUid, RowSeq, Sort,
    search::{Condition, Filter, Query, SearchRow},
};
use time::OffsetDateTime;
use tokio::time::timeout;

use super::ServiceDesk;
use crate::search::{MAX_EXACT_COUNT, place};

/// How long a page waits for what stands beside its order, at most.
const AT_MOST: Duration = Duration::from_millis(250);

impl ServiceDesk {
    pub(super) async fn find_neighbours(
        &self,
        row: &SearchRow,
        query: &Query,
        sort: Sort,
    ) -> Neighbours {
        timeout(AT_MOST, self.look_beside(row, query, sort))
            .await
            .ok()
            .flatten()
            .unwrap_or_default()
    }

    async fn look_beside(&self, row: &SearchRow, query: &Query, sort: Sort) -> Option<Neighbours> {
        let is_whole_list = query.is_empty() && sort == Sort::Arrival;
        let is_complete = self.search.progress().is_complete;
        if is_whole_list && !is_complete {
            return self.stored_beside(row.seq).await;
        }
        let filter = Filter::new(query, OffsetDateTime::now_utc());
        let is_listed = filter.matches(row);
        // It stands first, wherever its place would be.
        let first = self.exact(query).filter(|_| sort == Sort::Arrival);
        let is_first = first.as_ref().is_some_and(|(_, seq)| *seq == row.seq);
        let at = if is_first {
            Cursor::before(RowSeq::new(i64::MAX))
        } else {
            place(sort, row)
        };
        let without = first.as_ref().map(|(_, seq)| *seq);
        let beside = if is_whole_list {
            // Hardly more than a look at the nearest chunk.
            self.search.neighbours(&filter, at, without)
        } else {
            self.on_columns(move |columns| columns.neighbours(&filter, at, without))
                .await
                .ok()?
        };
        let before = usize::from(first.is_some() && !is_first);
        let all = beside.others + usize::from(is_listed) + before;
        let is_countable = |count| is_whole_list || count <= MAX_EXACT_COUNT;
        Some(Neighbours {
            previous: match beside.previous {
                Some(hit) => Some(hit.order_uid),
                None => first.filter(|_| !is_first).map(|(uid, _)| uid),
            },
            next: beside.next.map(|hit| hit.order_uid),
            place: (is_listed && is_complete && is_countable(beside.above + before))
                .then_some((beside.above + before + 1) as u64),
            found: Found {
                orders: if is_countable(all) {
                    all as u64
                } else {
                    MAX_EXACT_COUNT as u64
                },
                is_exact: is_countable(all),
                searched: None,
            },
        })
    }

    /// The neighbours by arrival, from the store while the columns are being
    /// filled.
    async fn stored_beside(&self, seq: RowSeq) -> Option<Neighbours> {
        let (below, above) = tokio::try_join!(
            self.store.newest_orders(Some(seq), 1),
            self.store.orders_after(seq, 1)
        )
        .ok()?;
        Some(Neighbours {
            previous: above.into_iter().next().map(|order| order.order_uid),
            next: below.into_iter().next().map(|order| order.order_uid),
            ..Neighbours::default()
        })
    }

    pub(super) async fn find_related(&self, to: &OrderUid, query: &Query, limit: usize) -> Related {
        let filter = Filter::new(query, OffsetDateTime::now_utc());
        if !self.search.may_find_two(&filter) {
            // Nobody but the order itself.
            return Related {
                orders: Vec::new(),
                found: Found {
                    is_exact: true,
                    ..Found::default()
                },
            };
        }
        let mut found = self.search.newest_like(&filter, limit + 1);
        // Left out before what is shown of an order is read: most have no kin.
        found.hits.retain(|hit| hit.order_uid != *to);
        found.hits.truncate(limit);
        let orders = timeout(AT_MOST, self.summaries(&found.hits)).await;
        Related {
            orders: orders.ok().and_then(Result::ok).unwrap_or_default(),
            found: Found {
                orders: found.count.min(MAX_EXACT_COUNT).saturating_sub(1) as u64,
                is_exact: !found.has_more && found.count <= MAX_EXACT_COUNT,
                searched: None,
            },
        }
    }

    /// The order whose very uid is all that is asked for, and its row.
    fn exact(&self, query: &Query) -> Option<(OrderUid, RowSeq)> {
        let [term] = query.terms() else { return None };
        let Condition::Word(word) = &term.condition else {
            return None;
        };
        let uid: OrderUid = word.parse().ok().filter(|_| !term.is_negated)?;
        let order = self.finder.cached(word)?;
        Some((uid, order.seq))
    }
}
