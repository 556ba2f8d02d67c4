//! Looking through sealed chunks: by one thread while that is enough for the
//! page, by all cores where a search has to see most of them.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use super::{
    chunk::Sealed,
    page::{Collector, MAX_EXACT_COUNT},
    plan::Plan,
};

/// Chunks that one thread looks at before others help: most searches have
/// enough by then, and to begin with a thread costs as much as a chunk.
const ALONE: usize = 16;

/// The most threads that one search takes.
const MAX_THREADS: usize = 4;

static THREADS: LazyLock<usize> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    cores.min(MAX_THREADS)
});

/// A search, and the chunks' rows that count no more.
pub(super) struct Look<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) retired: &'a BTreeSet<i64>,
}

impl Look<'_> {
    /// Looks through `chunks`, the newest of which is the last.
    pub(super) fn through(&self, chunks: &[Arc<Sealed>], collector: &mut Collector) {
        let counted = AtomicUsize::new(collector.count());
        let (older, newest) = chunks.split_at(chunks.len().saturating_sub(ALONE));
        self.each(newest.iter().rev(), collector, &counted);
        let rest: Vec<&Arc<Sealed>> = older
            .iter()
            .rev()
            .filter(|sealed| is_needed(sealed, collector, &counted))
            .collect();
        let threads = if rest.len() < ALONE { 1 } else { *THREADS };
        if threads == 1 {
            self.each(rest.into_iter(), collector, &counted);
            return;
        }
        // In turn, so that each has as much of the newest, which match first.
        let share = |thread: usize| rest.iter().copied().skip(thread).step_by(threads);
        let helper = collector.helper();
        let counted = &counted;
        thread::scope(|scope| {
            let helpers: Vec<_> = (1..threads)
                .map(|thread| {
                    let mut own = helper.clone();
                    let share = share(thread);
                    scope.spawn(move || {
                        self.each(share, &mut own, counted);
                        own
                    })
                })
                .collect();
            self.each(share(0), collector, counted);
            for helper in helpers {
                let found = helper
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                collector.merge(found);
            }
        });
    }

    fn each<'b>(
        &self,
        chunks: impl Iterator<Item = &'b Arc<Sealed>>,
        collector: &mut Collector,
        counted: &AtomicUsize,
    ) {
        for sealed in chunks {
            if is_needed(sealed, collector, counted) && self.plan.may_find(&sealed.chunk) {
                let rows = sealed.rows_of(self.plan, self.retired);
                counted.fetch_add(rows.count(), Relaxed);
                collector.take(&sealed.chunk, &rows);
            }
        }
    }
}

/// Whether a chunk could hold a row of the page, or rows that have to be
/// counted.
fn is_needed(sealed: &Sealed, collector: &Collector, counted: &AtomicUsize) -> bool {
    let (best, worst) = sealed.ranks(collector.sort());
    let is_for_page = collector.wants(best) && collector.reaches(worst);
    is_for_page || counted.load(Relaxed) <= MAX_EXACT_COUNT
}
