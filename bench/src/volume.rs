//! How much of everything: a whole run, or a brief one that shows that all of
//! it works.

use std::time::Duration;

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    /// Rounds of service and reference in turn.
    pub rounds: usize,
    /// Orders in the filled database.
    pub orders: u64,
    /// Numbers of orders for what should not depend on it.
    pub scale: [u64; 3],
    /// How long wrk and Vegeta ask.
    pub asking: Duration,
    /// Messages of a backlog.
    pub backlog: u64,
    /// How long orders are published at a rate.
    pub publishing: Duration,
    /// Starts of the service.
    pub starts: usize,
    /// Values for each kind of search.
    pub values: u64,
    /// How long everything runs at once.
    pub together: Duration,
    /// How long each of it runs alone.
    pub alone: Duration,
    /// How long the idle service is watched.
    pub idle: Duration,
}

impl Volume {
    /// A whole run: about half an hour.
    pub const WHOLE: Self = Self {
        rounds: 3,
        orders: 1_000_000,
        scale: [10_000, 100_000, 1_000_000],
        asking: Duration::from_secs(10),
        backlog: 500_000,
        publishing: Duration::from_secs(10),
        starts: 5,
        values: 200,
        together: Duration::from_mins(2),
        alone: Duration::from_secs(30),
        idle: Duration::from_secs(20),
    };

    /// A brief one: under five minutes.
    pub const BRIEF: Self = Self {
        rounds: 2,
        orders: 100_000,
        scale: [1_000, 10_000, 100_000],
        asking: Duration::from_secs(2),
        backlog: 50_000,
        publishing: Duration::from_secs(2),
        starts: 3,
        values: 12,
        together: Duration::from_secs(6),
        alone: Duration::from_secs(3),
        idle: Duration::from_secs(5),
    };
}
