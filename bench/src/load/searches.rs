//! Searches at a rate, each when it is due.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use anyhow::bail;
use hdrhistogram::Histogram;
use orderdesk_publish::pace::Pace;

use super::{
    ask::Asker,
    visible::{histogram, microseconds},
};

/// Connections that search.
const CONNECTIONS: usize = 4;

/// Asks `url` for `paths` in turn, `rate` a second for so long. Times count, in
/// µs, from when a search was due.
///
/// # Errors
/// When a search is not answered with 200.
pub fn ask(
    url: &str,
    paths: &[String],
    rate: u32,
    time: Duration,
) -> anyhow::Result<Histogram<u64>> {
    let pace = Pace::new(Instant::now(), f64::from(rate));
    let count = u64::from(rate) * time.as_secs();
    let next = AtomicU64::new(0);
    let searching = || {
        let asker = Asker::new(url);
        let mut times = histogram()?;
        loop {
            let number = next.fetch_add(1, Relaxed);
            if number >= count {
                return anyhow::Ok(times);
            }
            let due = pace.due(number);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let path = &paths[usize::try_from(number)? % paths.len()];
            let answer = asker.get(path)?;
            if answer.status != 200 {
                bail!("{path} is answered with {}", answer.status);
            }
            times.record(microseconds(due.elapsed()))?;
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(searching)).collect();
        let mut times = histogram()?;
        for thread in threads {
            let seen = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a searcher panicked"))?;
            times.add(seen?)?;
        }
        Ok(times)
    })
}
