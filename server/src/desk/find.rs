//! A page of a list: rows from the columns, orders from memory, what is not
//! there from the store.

use std::{collections::HashMap, sync::Arc};

use app::{
    desk::{Found, MAX_PAGE, OrderPage, PageRequest},
    error::Error,
};
use orders::{
    Cursor, OrderSummary, OrderUid, RowSeq, Sort,
    search::{Condition, Filter, Query},
};
use time::OffsetDateTime;

use super::ServiceDesk;
use crate::{
    cache::CachedOrder,
    search::{self, Hit, MAX_EXACT_COUNT, SearchIndex},
    store::StoredOrder,
};

/// Searches that run at once; more wait. Each keeps a core busy.
pub const MAX_SEARCHES: usize = 4;

impl ServiceDesk {
    pub(super) async fn find_orders(
        &self,
        query: &Query,
        page: PageRequest,
    ) -> Result<OrderPage, Error> {
        let limit = page.limit.clamp(1, MAX_PAGE);
        if page.cursor.is_some_and(|cursor| cursor.sort() != page.sort) {
            return Err(Error::invalid(
                "cursor",
                "this cursor belongs to a list that is sorted otherwise; start again without one",
            ));
        }
        let progress = self.search.progress();
        let is_whole_list = query.is_empty() && page.sort == Sort::Arrival;
        if is_whole_list && !progress.is_complete {
            return self.newest(page.cursor, limit).await;
        }
        let as_of = self.as_of();
        let filter = Filter::new(query, OffsetDateTime::now_utc());
        let found = self.run(filter.clone(), page, limit).await?;
        let next = found
            .hits
            .last()
            .filter(|_| found.has_more)
            .map(|hit| hit.cursor);
        let mut orders = self.summaries(&found.hits).await?;
        if page.sort == Sort::Arrival {
            self.put_exact_first(query, page.cursor.is_none(), &mut orders);
        }
        // What gave way to it comes on the next page.
        let gave_way = orders.len() > limit;
        orders.truncate(limit);
        let next = if gave_way {
            let before = |seq| Cursor::before(RowSeq::new(seq));
            let last = limit.checked_sub(2).and_then(|at| found.hits.get(at));
            Some(last.map_or(before(i64::MAX), |hit| hit.cursor))
        } else {
            next
        };
        for order in &mut orders {
            order.marks = filter.marks(order);
        }
        Ok(OrderPage {
            orders,
            next,
            found: Found {
                orders: found.count.min(most(query)) as u64,
                is_exact: query.is_empty() || found.count <= MAX_EXACT_COUNT,
                searched: (!progress.is_complete).then_some(progress.rows as u64),
            },
            as_of,
        })
    }

    /// A page of the documents that match, in the order of the list, and where
    /// the next page starts.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they could not be read.
    pub async fn documents(
        &self,
        filter: &Filter,
        page: PageRequest,
    ) -> Result<(Vec<StoredOrder>, Option<Cursor>), Error> {
        let limit = page.limit.clamp(1, MAX_PAGE);
        let found = self.run(filter.clone(), page, limit).await?;
        let next = found
            .hits
            .last()
            .filter(|_| found.has_more)
            .map(|hit| hit.cursor);
        let mut documents = Vec::with_capacity(found.hits.len());
        let mut absent = Vec::new();
        for hit in &found.hits {
            match self.finder.cached(hit.order_uid.as_str()) {
                Some(order) => documents.push((hit.cursor, stored(&hit.order_uid, order))),
                None => absent.push(hit),
            }
        }
        if !absent.is_empty() {
            let uids: Vec<&str> = absent.iter().map(|hit| hit.order_uid.as_str()).collect();
            let read = self.read_orders(&uids).await?;
            let mut read: HashMap<_, _> = read
                .into_iter()
                .map(|order| (order.order_uid.clone(), order))
                .collect();
            documents.extend(
                absent
                    .iter()
                    .filter_map(|hit| Some((hit.cursor, read.remove(&hit.order_uid)?))),
            );
            documents.sort_by_key(|(cursor, _)| std::cmp::Reverse((cursor.key(), cursor.seq())));
        }
        let documents = documents.into_iter().map(|(_, order)| order).collect();
        Ok((documents, next))
    }

    async fn read_orders(&self, uids: &[&str]) -> Result<Vec<StoredOrder>, Error> {
        self.store.orders_with(uids).await.map_err(|error| {
            tracing::warn!(%error, "orders that were found could not be read");
            Error::Unavailable
        })
    }

    /// The newest order that a list which is read now is sure to hold.
    fn as_of(&self) -> RowSeq {
        self.live.last().map(|last| last.seq()).unwrap_or_default()
    }

    async fn run(
        &self,
        filter: Filter,
        page: PageRequest,
        limit: usize,
    ) -> Result<search::Found, Error> {
        self.on_columns(move |columns| columns.search(&filter, page.sort, page.cursor, limit))
            .await
    }

    /// Looks through the columns, on a thread that may be kept busy.
    pub(super) async fn on_columns<T: Send + 'static>(
        &self,
        look: impl FnOnce(&SearchIndex) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.searching)
            .acquire_owned()
            .await
            .map_err(|_| Error::Internal)?;
        let index = Arc::clone(&self.search);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            look(&index)
        })
        .await
        .map_err(|error| {
            tracing::error!(%error, "a search broke");
            Error::Internal
        })
    }

    /// The newest orders below `cursor`, from the store while the columns are
    /// being filled; from memory if it is away.
    async fn newest(&self, cursor: Option<Cursor>, limit: usize) -> Result<OrderPage, Error> {
        // One more than asked for tells whether there is a next page.
        let as_of = self.as_of();
        let before = cursor.map(Cursor::seq);
        let mut orders: Vec<OrderSummary> = match self.store.newest_orders(before, limit + 1).await
        {
            Ok(found) => found.iter().filter_map(StoredOrder::summary).collect(),
            Err(_) if cursor.is_none() && self.live.last().is_some() => self.live.newest(),
            Err(error) => {
                tracing::warn!(%error, "the newest orders could not be read");
                return Err(Error::Unavailable);
            }
        };
        let has_more = orders.len() > limit;
        orders.truncate(limit);
        let next = orders
            .last()
            .filter(|_| has_more)
            .map(|last| Cursor::before(last.seq));
        let counted = self.ingest.account().stored;
        Ok(OrderPage {
            orders,
            next,
            found: Found {
                orders: counted,
                is_exact: true,
                searched: None,
            },
            as_of,
        })
    }

    /// What a list shows of what was found. The order of `hits` is kept.
    pub(super) async fn summaries(&self, hits: &[Hit]) -> Result<Vec<OrderSummary>, Error> {
        let mut here: HashMap<RowSeq, OrderSummary> = HashMap::with_capacity(hits.len());
        let mut absent = Vec::new();
        for hit in hits {
            match self.finder.cached(hit.order_uid.as_str()) {
                Some(order) => here.extend(summary(&hit.order_uid, &order).map(|it| (hit.seq, it))),
                None => absent.push(hit.order_uid.as_str()),
            }
        }
        if !absent.is_empty() {
            let read = self.read_orders(&absent).await?;
            here.extend(
                read.iter()
                    .filter_map(|order| Some((order.seq, order.summary()?))),
            );
        }
        Ok(hits
            .iter()
            .filter_map(|hit| here.remove(&hit.seq))
            .collect())
    }

    /// An order that has just the uid that was asked for comes first, wherever
    /// it stands in the list.
    fn put_exact_first(&self, query: &Query, is_first_page: bool, orders: &mut Vec<OrderSummary>) {
        let [term] = query.terms() else { return };
        let Condition::Word(word) = &term.condition else {
            return;
        };
        if term.is_negated {
            return;
        }
        let at = orders
            .iter()
            .position(|order| order.order_uid.as_str() == word);
        match (at, is_first_page) {
            (Some(at), true) => orders[..=at].rotate_right(1),
            (Some(at), false) => {
                orders.remove(at);
            }
            (None, true) => {
                let exact = self.finder.cached(word);
                let uid = word.parse().ok();
                if let Some(order) = uid
                    .zip(exact)
                    .and_then(|(uid, order)| summary(&uid, &order))
                {
                    orders.insert(0, order);
                }
            }
            (None, false) => {}
        }
    }
}

/// The most orders that are counted.
fn most(query: &Query) -> usize {
    if query.is_empty() {
        usize::MAX
    } else {
        MAX_EXACT_COUNT
    }
}

fn stored(uid: &OrderUid, cached: CachedOrder) -> StoredOrder {
    StoredOrder {
        order_uid: uid.clone(),
        document: cached.document,
        seq: cached.seq,
        channel: cached.channel,
        sequence: cached.sequence,
        published_at: cached.published_at,
        stored_at: cached.stored_at,
    }
}

fn summary(uid: &OrderUid, cached: &CachedOrder) -> Option<OrderSummary> {
    let order = orders::parse(&cached.document, usize::MAX).ok()?;
    debug_assert_eq!(order.order_uid, *uid);
    Some(OrderSummary::new(&order, cached.seq, cached.stored_at))
}
