//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{reference::ReferenceCommand, rows::RowName};

/// Measures the release build of Orderdesk beside the limits of the machine it
/// runs on, and writes a report.
///
/// Each figure is measured in turn with its reference, in several rounds, on
/// the same machine: bare servers and pipelines of the same libraries that do
/// nothing but the one thing. What counts is the ratio.
///
/// While working on one thing, measure it alone, with whatever build:
///
///   `scripts/stress.sh --only get,ingest --orderdesk ../other/target/release/orderdesk`
///
/// (`SKIP_BUILD=1` where nothing has to be built.) Filled databases are kept in
/// the run's folder for the next run; `--fresh` makes them again.
///
/// What was learnt about a row, say from a profile, stands in
/// docs/performance/notes/ROW.md and is put into the page as it is.
///
/// Exit code 0: measured, whether or not goals are met; 1: `compare` found
/// differences; 2: the run itself failed.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "orderdesk-stress",
    version,
    verbatim_doc_comment,
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    /// What else to do
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Only these rows, e.g. `get,ingest`
    #[arg(long, value_enum, value_delimiter = ',')]
    pub only: Vec<RowName>,

    /// A tenth of the orders, brief rounds: shows that everything works, in
    /// under five minutes
    #[arg(long)]
    pub quick: bool,

    /// Rounds of service and reference in turn [default: 3; with --quick 2]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=20))]
    pub rounds: Option<u16>,

    /// Where the report goes [default: docs/performance; of a brief run or of
    /// single rows, `report` in the run's folder]
    #[arg(long)]
    pub out: Option<PathBuf>,

    /// Forget the filled databases of earlier runs
    #[arg(long)]
    pub fresh: bool,

    /// The folder for data and logs
    #[arg(long, env = "STRESS_DIR", default_value = ".local/stress")]
    pub dir: PathBuf,

    /// The service; its site is looked for beside it, as always
    #[arg(
        long,
        env = "ORDERDESK_BIN",
        default_value = "target/release/orderdesk"
    )]
    pub orderdesk: PathBuf,
}

/// What else can be done.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// List the figures that differ by more than 20% between two results.json
    Compare {
        /// The earlier results.json
        old: PathBuf,
        /// The later one
        new: PathBuf,
    },
    /// Write the report of a results.json again
    Report {
        /// The folder of results.json; the report goes there
        dir: PathBuf,
    },
    /// Be a reference; a run starts these itself
    #[command(subcommand, hide = true)]
    Reference(ReferenceCommand),
}
