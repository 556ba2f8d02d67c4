//! Publishes orders, made up from a seed or read from a file, to a NATS
//! Streaming channel, and says for each one whether the server took it.
//!
//! The way of one message: a [`source`](mod@message) makes its bytes, a worker
//! waits until it is [due](pace), hands it to the current
//! [connection], and tells the [report] when the server has acknowledged it.
//! Nothing else writes to standard output.

pub mod args;
pub mod connection;
pub mod error;
pub mod generate;
pub mod invalid;
pub mod message;
pub mod pace;
pub mod plan;
pub mod publish;
pub mod report;
pub mod say;
pub mod server_url;
pub mod split;
pub mod stop;
pub mod values;
mod words;

pub use args::Args;
pub use error::Error;
pub use report::Ended;

use std::sync::Arc;

use connection::Connections;
use message::Source;
use plan::Plan;
use publish::Publisher;
use report::Report;
use stop::Stop;
use values::Values;

/// Publishes what `args` ask for.
///
/// # Errors
/// What kept the publisher from starting. Messages that were not acknowledged
/// are no error here: [`Ended`] tells of them.
pub fn run(args: &Args) -> Result<Ended, Error> {
    args.check()?;
    let (source, seed): (Arc<dyn Source>, _) = if let Some(path) = &args.file {
        (Arc::new(Values::read(path, args.raw, args.count)?), None)
    } else {
        let plan = Plan::new(args.seed(), args.count(), args.ratios());
        let seed = plan.seed();
        (Arc::new(plan), Some(seed))
    };
    // Only from here on: while standard input is read, Ctrl-C simply ends us.
    let stop = Stop::on_signals().map_err(Error::Signals)?;
    let connections = Connections::open(args, &stop)?;
    connections.admit(source.largest_bytes())?;
    let report = Report::new(source.len(), seed, &args.stan_url);
    let publisher = Publisher::new(args, source, connections, stop);
    Ok(publisher.run(report))
}
