//! The rows of the report: one file for each thing that is measured.

mod functions;
mod get;
mod ingest;
mod kinds;
mod memory;
mod paced;
mod page;
mod search;
mod side_by_side;
mod start;
mod together;
mod unknown;
mod visible;

use std::time::Instant;

use anyhow::Context as _;
use clap::ValueEnum;

use crate::{figures::Row, load::wrk::Shape, site::Site};

/// How many clients wrk is: few, and many.
const SHAPES: [Shape; 2] = [
    CLIENTS,
    Shape {
        threads: 2,
        connections: 128,
    },
];

/// A few clients.
const CLIENTS: Shape = Shape {
    threads: 1,
    connections: 32,
};

/// What is measured, in the order of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowName {
    /// `GET /api/orders/{uid}` from memory
    Get,
    /// The same of uids that no order has
    Unknown,
    /// The same at a constant rate
    Paced,
    /// The server functions `order` and `search`
    Functions,
    /// The page of an order
    Page,
    /// Twelve kinds of search
    Search,
    /// What is downloaded, and the service at rest
    Rest,
    /// A backlog drained
    Ingest,
    /// From publishing to visible
    Visible,
    /// From start to the first answer
    Start,
    /// From start to everything in memory
    Restore,
    /// Memory with every order
    Memory,
    /// Everything at once
    Together,
}

impl RowName {
    /// Every row.
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Its name, as the command line takes it.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Measures it.
    pub async fn measure(self, site: &mut Site) -> anyhow::Result<Row> {
        let began = Instant::now();
        let name = self.name();
        let row = match self {
            Self::Get => get::known(site).await,
            Self::Unknown => unknown::measure(site).await,
            Self::Paced => paced::measure(site).await,
            Self::Functions => functions::measure(site).await,
            Self::Page => page::measure(site).await,
            Self::Search => search::measure(site).await,
            Self::Rest => memory::at_rest(site).await,
            Self::Ingest => ingest::measure(site).await,
            Self::Visible => visible::measure(site).await,
            Self::Start => start::first_answer(site).await,
            Self::Restore => start::whole(site).await,
            Self::Memory => memory::with_orders(site).await,
            Self::Together => together::measure(site).await,
        };
        let mut row = row.with_context(|| name.clone())?;
        row.name = name;
        row.took_seconds = began.elapsed().as_secs_f64();
        Ok(row)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts and bytes of a run")]
fn count(number: u64) -> f64 {
    number as f64
}

/// Microseconds as milliseconds.
fn milliseconds(microseconds: u64) -> f64 {
    count(microseconds) / 1e3
}

/// What is to be said of answers at a constant rate.
fn kept_up(shortfall: Option<&str>) -> String {
    shortfall.map_or_else(
        || "every answer had status 200, and the rate was kept".to_owned(),
        |shortfall| {
            format!("every answer had status 200, but **the rate was not kept**: {shortfall}")
        },
    )
}
