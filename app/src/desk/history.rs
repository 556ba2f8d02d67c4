//! What happened over the last hour.

use serde::{Deserialize, Serialize};

/// What happened over the last hour: the answer of `GET /api/stats/history`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct History {
    /// How often a sample is taken.
    pub interval_seconds: u64,
    /// Since when the service runs.
    pub up_seconds: u64,
    /// The samples, oldest first; at most an hour of them.
    pub samples: Vec<Sample>,
}

/// How orders came in over the last minute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Orders stored in each whole second, oldest first; fewer than sixty in the
    /// service's first minute.
    pub stored: Vec<u64>,
    /// Orders stored a second, over the last ten seconds.
    pub rate_per_second: f64,
}

/// What happened in one interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Sample {
    /// When the interval ended, in seconds since 1970.
    pub at: i64,
    /// Orders stored a second.
    pub stored_per_second: f64,
    /// Within this many milliseconds after it was published, half of the
    /// interval's orders were visible; `null` where there were none.
    pub visible_p50_ms: Option<f64>,
    /// The same of 99 in 100 orders.
    pub visible_p99_ms: Option<f64>,
    /// Messages that waited in the channel at its end; `null` where that is not
    /// known.
    pub waiting: Option<u64>,
}
