//! How long the hot paths take: `cargo bench --package hotpaths`.
//!
//! Each stands beside the same work done plainly. The cache is measured under
//! contention too: with 1, 2 and 4 threads at once.

use std::{
    hint::black_box,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, measurement::WallTime};
use hotpaths::{HOT_PATHS, LockedMap, OrderMap, Orders};
use orderdesk::cache::Cache;

const ORDERS: usize = 100_000;
const THREADS: [usize; 3] = [1, 2, 4];

/// What each thread looks up, or puts in, in one turn.
const SHARE: usize = 1_000;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let orders = Orders::made(ORDERS);
    alone(&mut criterion, &orders);
    let mut group = criterion.benchmark_group("lookups at once");
    lookups(&mut group, "cache", &Cache::new(None), &orders);
    lookups(
        &mut group,
        "RwLock<HashMap>",
        &LockedMap::default(),
        &orders,
    );
    group.finish();
    let mut group = criterion.benchmark_group("inserts at once");
    inserts(&mut group, "cache", || Cache::new(None), &orders);
    inserts(&mut group, "RwLock<HashMap>", LockedMap::default, &orders);
    group.finish();
    criterion.final_summary();
}

/// Every path and its plain way, one after the other.
fn alone(criterion: &mut Criterion, orders: &Orders) {
    for (path, plain) in HOT_PATHS {
        let mut group = criterion.benchmark_group(path.name);
        for path in [path, plain] {
            let mut work = (path.prepare)(orders);
            group.throughput(Throughput::Elements(path.pieces as u64));
            group.bench_function(path.name, |bencher| bencher.iter(&mut work));
        }
        group.finish();
    }
}

fn lookups(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    map: &impl OrderMap,
    orders: &Orders,
) {
    for order in orders.stored() {
        map.insert(order);
    }
    let uids = orders.some_uids(SHARE * 4);
    for threads in THREADS {
        group.throughput(Throughput::Elements((threads * SHARE) as u64));
        group.bench_with_input(BenchmarkId::new(name, threads), &threads, |bencher, _| {
            bencher.iter_custom(|turns| {
                at_once(threads, |thread| {
                    for _ in 0..turns {
                        for uid in &uids[thread * SHARE..][..SHARE] {
                            black_box(map.get(uid));
                        }
                    }
                })
            });
        });
    }
}

fn inserts<M: OrderMap>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    empty: fn() -> M,
    orders: &Orders,
) {
    let mut stored = orders.stored();
    stored.truncate(SHARE * 4);
    for threads in THREADS {
        group.throughput(Throughput::Elements((threads * SHARE) as u64));
        group.bench_with_input(BenchmarkId::new(name, threads), &threads, |bencher, _| {
            bencher.iter_custom(|turns| {
                (0..turns)
                    .map(|_| {
                        let map = empty();
                        at_once(threads, |thread| {
                            for order in &stored[thread * SHARE..][..SHARE] {
                                map.insert(order.clone());
                            }
                        })
                    })
                    .sum()
            });
        });
    }
}

/// How long it takes until `threads` threads, which begin together, are done.
fn at_once(threads: usize, work: impl Fn(usize) + Sync) -> Duration {
    let start = Barrier::new(threads + 1);
    let (start, work) = (&start, &work);
    let mut began = Instant::now();
    thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                start.wait();
                work(thread);
            });
        }
        began = Instant::now();
        start.wait();
    });
    began.elapsed()
}
