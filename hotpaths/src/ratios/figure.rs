//! What is measured: each figure is the speed of Orderdesk over the speed of a
//! reference.

use hotpaths::{HOT_PATHS, HotPath, Orders};

use crate::{
    Args,
    stage::Stage,
    turns::{PathRunner, take_turns},
    verdict::median,
};

/// Orders in memory while the paths inside a process are measured.
const ORDERS: usize = 20_000;

/// Rounds of a path: many and short, so that what disturbs one disturbs few.
const ROUNDS: usize = 31;

/// A figure.
#[derive(Clone, Copy)]
pub enum Figure {
    /// Work inside a process, and the plain way to do it.
    Path(HotPath, HotPath),
    /// From the channel to the table, and a bare `COPY` of the same rows.
    Ingest,
    /// An order's JSON over HTTP, and a bare handler of the same body.
    OrderJson,
    /// An order's page, and its JSON.
    OrderPage,
}

/// What figures are measured with; each part is made when it is first needed.
pub struct Bench<'a> {
    args: &'a Args,
    orders: Option<Orders>,
    stage: Option<Stage>,
}

impl<'a> Bench<'a> {
    pub const fn new(args: &'a Args) -> Self {
        Self {
            args,
            orders: None,
            stage: None,
        }
    }

    fn orders(&mut self) -> &Orders {
        self.orders.get_or_insert_with(|| Orders::made(ORDERS))
    }

    fn stage(&mut self) -> anyhow::Result<&mut Stage> {
        let stage = match self.stage.take() {
            Some(stage) => stage,
            None => Stage::set(&self.args.orderdesk, &self.args.publisher, &self.args.dir)?,
        };
        Ok(self.stage.insert(stage))
    }

    /// Stops what was started, in order.
    ///
    /// # Errors
    /// When the service does not end well.
    pub fn strike(self) -> anyhow::Result<()> {
        self.stage.map_or(Ok(()), Stage::strike)
    }
}

impl Figure {
    /// All of them. What needs no servers comes first.
    pub fn every() -> Vec<Self> {
        HOT_PATHS
            .into_iter()
            .map(|(path, plain)| Self::Path(path, plain))
            .chain([Self::Ingest, Self::OrderJson, Self::OrderPage])
            .collect()
    }

    /// Its name in the record.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Path(path, _) => path.name,
            Self::Ingest => "ingest",
            Self::OrderJson => "order-json",
            Self::OrderPage => "order-page",
        }
    }

    /// What it is compared with.
    pub const fn against(&self) -> &'static str {
        match self {
            Self::Path(_, plain) => plain.name,
            Self::Ingest => "COPY of the same rows",
            Self::OrderJson => "a bare handler of the same body",
            Self::OrderPage => "order-json of the same service",
        }
    }

    /// Its ratio: the median of all rounds.
    ///
    /// # Errors
    /// When what it needs cannot be started, or fails.
    pub fn measure(&self, bench: &mut Bench<'_>) -> anyhow::Result<f64> {
        let rounds = match self {
            Self::Path(path, plain) => {
                let mut ours = PathRunner::new(*path, bench.orders());
                let mut reference = PathRunner::new(*plain, bench.orders());
                take_turns(ROUNDS, &mut ours, &mut reference)?
            }
            Self::Ingest => bench.stage()?.ingest()?,
            Self::OrderJson => bench.stage()?.order_json()?,
            Self::OrderPage => bench.stage()?.order_page()?,
        };
        let mut ratios: Vec<f64> = rounds
            .iter()
            .map(|round| round.ours / round.reference)
            .collect();
        Ok(median(&mut ratios))
    }
}
