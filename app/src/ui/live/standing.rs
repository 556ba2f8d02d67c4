//! How things stand, as far as islands say it.

use serde::{Deserialize, Serialize};

use crate::desk::{DatabaseState, IngestState, Stats};

/// How things stand: the part of [`Stats`] that islands show. It is read from
/// the same events; what it does not name costs the browser nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Messages of the channel that were dealt with.
    pub received: u64,
    /// Messages in quarantine that nobody has decided on.
    pub in_quarantine: u64,
    /// Orders stored a second.
    pub rate_per_second: f64,
    /// What ingestion is doing.
    pub ingest: IngestState,
    /// Whether PostgreSQL answers.
    pub database: DatabaseState,
}

impl From<&Stats> for Standing {
    fn from(stats: &Stats) -> Self {
        Self {
            received: stats.received,
            in_quarantine: stats.in_quarantine,
            rate_per_second: stats.rate_per_second,
            ingest: stats.ingest,
            database: stats.database,
        }
    }
}
