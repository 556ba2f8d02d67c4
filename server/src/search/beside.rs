//! What stands beside an order: its neighbours in a list, at any depth, and the
//! newest orders that share a value with it.

use std::sync::Arc;

use orders::{
    Cursor, OrderUid, RowSeq, Sort,
    search::{Filter, Test, TextField},
};

use super::{
    SearchIndex,
    bitmap::Bitmap,
    chunk::{Arrival, Chunk},
    index::forget,
    page::{Collector, Found, Hit, MAX_EXACT_COUNT, Rank, rank},
    plan::Plan,
};

/// Chunks whose rows a look for kindred orders tests at most: a bound on the
/// time that a page waits for it, a fraction of a millisecond.
const MAX_LOOKED_AT: usize = 32;

/// What stands beside a place in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The order just above.
    pub previous: Option<Hit>,
    /// The order just below.
    pub next: Option<Hit>,
    /// Orders above; [`MAX_EXACT_COUNT`] + 1 or more for more than that.
    pub above: usize,
    /// Orders above and below; the same.
    pub others: usize,
}

/// The neighbours as far as they were looked for.
struct Beside {
    sort: Sort,
    at: Rank,
    /// A row that is not looked at.
    without: Option<RowSeq>,
    previous: Option<(Rank, Option<OrderUid>)>,
    next: Option<(Rank, Option<OrderUid>)>,
    above: usize,
    below: usize,
    /// Beyond so many, orders need not be counted.
    enough: usize,
}

impl SearchIndex {
    /// What stands beside the place `at` in the list of all that match, but for
    /// the row `without`. The place itself may be nobody's.
    pub fn neighbours(&self, filter: &Filter, at: Cursor, without: Option<RowSeq>) -> Neighbours {
        let here = self.read();
        let plan = Plan::new(filter, &here.dictionaries);
        let mut beside = Beside::of(at, without);
        if plan.finds_nothing() {
            return beside.found();
        }
        if filter.is_empty() && beside.sort == Sort::Arrival {
            // Whole chunks are counted without a look at their rows.
            beside.enough = usize::MAX;
        }
        // Every row is listed, in the order of arrival: no row is tested.
        let is_whole_list = filter.is_empty() && beside.sort == Sort::Arrival && without.is_none();
        // The open chunk only under the lock; what is sealed stays as it is.
        if is_whole_list && here.retired.is_empty() {
            beside.take_whole(&here.open);
        } else {
            let mut rows = plan.rows_of(&here.open);
            forget(&here.retired, &here.open, i64::MIN, i64::MAX, &mut rows);
            beside.take(&here.open, &rows);
        }
        let (sealed, retired) = (Arc::clone(&here.sealed), Arc::clone(&here.retired));
        drop(here);
        // The nearest first, so that those far away need not be looked at.
        let seq = at.seq().get();
        let (below, above) = sealed.split_at(sealed.partition_point(|chunk| chunk.highest < seq));
        for sealed in above.iter().chain(below.iter().rev()) {
            let (best, worst) = sealed.ranks(beside.sort);
            if beside.is_settled(best, worst) || !plan.may_find(&sealed.chunk) {
                continue;
            }
            let is_whole = filter.is_empty()
                && retired
                    .range(sealed.lowest..=sealed.highest)
                    .next()
                    .is_none()
                && without.is_none();
            if is_whole && beside.count_whole(best, worst, sealed.chunk.rows()) {
                continue;
            }
            if is_whole && is_whole_list {
                match sealed.arrival {
                    Some(arrival) => beside.take_arrived(&sealed.chunk, arrival),
                    None => beside.take_whole(&sealed.chunk),
                }
                continue;
            }
            beside.take(&sealed.chunk, &sealed.rows_of(&plan, &retired));
        }
        beside.found()
    }

    /// Whether more than one order may be meant by `filter`; `false` is certain,
    /// and costs no look at the rows.
    pub fn may_find_two(&self, filter: &Filter) -> bool {
        let [term] = filter.terms.as_slice() else {
            return true;
        };
        let dictionaries = &self.read().dictionaries;
        match &term.test {
            Test::Is(TextField::Customer, value) if !term.is_negated => {
                dictionaries.customers.may_have_two(value)
            }
            Test::Is(TextField::Track, value) if !term.is_negated => {
                dictionaries.tracks.may_have_two(value)
            }
            _ => true,
        }
    }

    /// The newest orders that match, `limit` of them, and how many there are;
    /// at least so many where [`Found::has_more`]: what a bounded time allows.
    pub fn newest_like(&self, filter: &Filter, limit: usize) -> Found {
        let here = self.read();
        let plan = Plan::new(filter, &here.dictionaries);
        let mut collector = Collector::new(Sort::Arrival, None, limit);
        let mut looked_at = 0;
        if plan.finds_nothing() {
            return collector.found();
        }
        let mut rows = plan.rows_of(&here.open);
        forget(&here.retired, &here.open, i64::MIN, i64::MAX, &mut rows);
        collector.take(&here.open, &rows);
        let (sealed, retired) = (Arc::clone(&here.sealed), Arc::clone(&here.retired));
        drop(here);
        let mut is_all = true;
        for sealed in sealed.iter().rev() {
            if !plan.may_find(&sealed.chunk) {
                continue;
            }
            if looked_at == MAX_LOOKED_AT || collector.has_counted() {
                is_all = false;
                break;
            }
            looked_at += 1;
            collector.take(&sealed.chunk, &sealed.rows_of(&plan, &retired));
        }
        Found {
            has_more: !is_all,
            ..collector.found()
        }
    }
}

impl Beside {
    fn of(at: Cursor, without: Option<RowSeq>) -> Self {
        Self {
            sort: at.sort(),
            at: (at.key(), at.seq().get()),
            without,
            previous: None,
            next: None,
            above: 0,
            below: 0,
            enough: MAX_EXACT_COUNT,
        }
    }

    /// Whether rows whose ranks lie between these need not be looked at.
    fn is_settled(&self, best: Rank, worst: Rank) -> bool {
        let may_stand_above = best > self.at;
        let may_stand_below = worst < self.at;
        let is_counted = self.above.saturating_add(self.below) > self.enough
            && (!may_stand_above || self.above > self.enough);
        is_counted
            && !(may_stand_above && self.is_nearer_above(worst))
            && !(may_stand_below && self.is_nearer_below(best))
    }

    /// Whether a row of rank `rank` or above could be the one just above.
    fn is_nearer_above(&self, rank: Rank) -> bool {
        self.previous.as_ref().is_none_or(|(last, _)| rank < *last)
    }

    /// Whether a row of rank `rank` or below could be the one just below.
    fn is_nearer_below(&self, rank: Rank) -> bool {
        self.next.as_ref().is_none_or(|(first, _)| rank > *first)
    }

    /// Counts `rows` rows whose ranks lie between these, all of which match, if
    /// that is all there is to do with them; whether it is.
    fn count_whole(&mut self, best: Rank, worst: Rank, rows: usize) -> bool {
        if worst > self.at && !self.is_nearer_above(worst) {
            self.above += rows;
            true
        } else if best < self.at && !self.is_nearer_below(best) {
            self.below += rows;
            true
        } else {
            false
        }
    }

    /// Takes all rows of a chunk in that stand in it as they arrived: a few looks
    /// at their numbers.
    fn take_arrived(&mut self, chunk: &Chunk, arrival: Arrival) {
        let (_, at) = self.at;
        let seqs = &chunk.seq;
        // Before `first` stand those on the one side of the place, from `second`
        // on those on the other.
        let (first, second) = match arrival {
            Arrival::NewestLast => (
                seqs.partition_point(|&seq| seq < at),
                seqs.partition_point(|&seq| seq <= at),
            ),
            Arrival::NewestFirst => (
                seqs.partition_point(|&seq| seq > at),
                seqs.partition_point(|&seq| seq >= at),
            ),
        };
        let before = (first, first.checked_sub(1));
        let behind = (seqs.len() - second, (second < seqs.len()).then_some(second));
        let ((below, nearest_below), (above, nearest_above)) = match arrival {
            Arrival::NewestLast => (before, behind),
            Arrival::NewestFirst => (behind, before),
        };
        self.above += above;
        self.below += below;
        let ranked = |row: usize| ((0, seqs[row]), row);
        if let Some((rank, row)) = nearest_above.map(ranked)
            && self.is_nearer_above(rank)
        {
            self.previous = Some((rank, chunk.order_uid(row)));
        }
        if let Some((rank, row)) = nearest_below.map(ranked)
            && self.is_nearer_below(rank)
        {
            self.next = Some((rank, chunk.order_uid(row)));
        }
    }

    /// Takes all rows of a chunk in, in the order of arrival: one pass over their
    /// numbers, for the page of every order that was not opened from a search.
    fn take_whole(&mut self, chunk: &Chunk) {
        let (_, at) = self.at;
        let (mut above, mut below) = (0, 0);
        let (mut nearest_above, mut nearest_below) = (i64::MAX, i64::MIN);
        for &seq in &chunk.seq {
            above += usize::from(seq > at);
            below += usize::from(seq < at);
            nearest_above = nearest_above.min(if seq > at { seq } else { i64::MAX });
            nearest_below = nearest_below.max(if seq < at { seq } else { i64::MIN });
        }
        self.above += above;
        self.below += below;
        let uid = |seq: i64| {
            let row = chunk.seq.iter().position(|&here| here == seq)?;
            chunk.order_uid(row)
        };
        if above > 0 && self.is_nearer_above((0, nearest_above)) {
            self.previous = Some(((0, nearest_above), uid(nearest_above)));
        }
        if below > 0 && self.is_nearer_below((0, nearest_below)) {
            self.next = Some(((0, nearest_below), uid(nearest_below)));
        }
    }

    /// Takes the rows of a chunk in.
    fn take(&mut self, chunk: &Chunk, rows: &Bitmap) {
        // The nearest of them: only their uids are read.
        let mut above: Option<(Rank, usize)> = None;
        let mut below: Option<(Rank, usize)> = None;
        for row in rows.rows() {
            let rank = rank(self.sort, chunk, row);
            if self.without == Some(RowSeq::new(rank.1)) {
                continue;
            }
            if rank > self.at {
                self.above += 1;
                if above.is_none_or(|(nearest, _)| rank < nearest) {
                    above = Some((rank, row));
                }
            } else if rank < self.at {
                self.below += 1;
                if below.is_none_or(|(nearest, _)| rank > nearest) {
                    below = Some((rank, row));
                }
            }
        }
        if let Some((rank, row)) = above.filter(|(rank, _)| self.is_nearer_above(*rank)) {
            self.previous = Some((rank, chunk.order_uid(row)));
        }
        if let Some((rank, row)) = below.filter(|(rank, _)| self.is_nearer_below(*rank)) {
            self.next = Some((rank, chunk.order_uid(row)));
        }
    }

    fn found(self) -> Neighbours {
        let hit = |(rank, order_uid): (Rank, Option<OrderUid>)| {
            let seq = RowSeq::new(rank.1);
            Some(Hit {
                seq,
                order_uid: order_uid?,
                cursor: Cursor::below(self.sort, rank.0, seq),
            })
        };
        Neighbours {
            previous: self.previous.and_then(hit),
            next: self.next.and_then(hit),
            above: self.above,
            others: self.above.saturating_add(self.below),
        }
    }
}
