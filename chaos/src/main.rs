//! `orderdesk-chaos`: publishes orders to a release build of Orderdesk on real
//! servers while they are killed, frozen, cut off and emptied, and then looks
//! for every order whose publisher was told that it is safe.

mod causes;
mod faults;
mod load;
mod proxy;
mod report;
mod stage;
mod verdict;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Parser;

use crate::{faults::Fault, report::Report, stage::Stage};

/// Causes faults while orders are published, and counts what is lost, altered
/// or double. Exit code 0: nothing; 1: something, or a limit was missed; 2: the
/// run itself failed.
#[derive(Clone, Debug, Parser)]
#[command(name = "orderdesk-chaos", version)]
struct Args {
    /// Orders a second while faults happen
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    rate: u32,

    /// Orders in all, at least; the last scenario fills up what is missing
    #[arg(long, default_value_t = 100_000)]
    orders: u64,

    /// Where chance begins [default: by chance; it is printed]
    #[arg(long)]
    seed: Option<u64>,

    /// Each kind of fault once, and briefly
    #[arg(long)]
    quick: bool,

    /// Only these faults
    #[arg(long, value_enum)]
    only: Vec<Fault>,

    /// The folder for data, logs and the report; it is made, and emptied first
    #[arg(long, env = "CHAOS_DIR", default_value = ".local/chaos")]
    dir: PathBuf,

    /// The service
    #[arg(
        long,
        env = "ORDERDESK_BIN",
        default_value = "target/release/orderdesk"
    )]
    orderdesk: PathBuf,

    /// The publisher
    #[arg(
        long,
        env = "ORDERDESK_PUBLISH_BIN",
        default_value = "target/release/orderdesk-publish"
    )]
    publisher: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let interrupted = async {
        tokio::signal::ctrl_c().await.ok();
    };
    // Whatever is dropped here ends the processes that it started.
    let ended = tokio::select! {
        ended = run(args) => ended,
        () = interrupted => Err(anyhow::anyhow!("interrupted")),
    };
    match ended {
        Ok(report) if report.is_good() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(args: Args) -> anyhow::Result<Report> {
    let seed = args.seed.unwrap_or_else(|| rand::random::<u32>().into());
    println!("seed {seed}: `--seed {seed}` makes the same orders and the same order of faults");
    let faults = if args.only.is_empty() {
        Fault::all()
    } else {
        args.only.clone()
    };
    let mut report = Report::new(seed, args.quick);
    let dir = args.dir.clone();
    let mut stage = Stage::set(&args, seed).await?;
    println!("{}", Report::head());
    for fault in faults {
        let row = stage
            .play(fault)
            .await
            .with_context(|| format!("{fault}: see {}", dir.display()))?;
        println!("{row}");
        report.add(row);
    }
    if !args.quick && args.only.is_empty() && report.published() < args.orders {
        let rest = args.orders - report.published();
        let row = stage.play_calm(rest).await?;
        println!("{row}");
        report.add(row);
    }
    stage.strike().await?;
    let path = dir.join("report.json");
    std::fs::write(&path, report.json()?).with_context(|| path.display().to_string())?;
    println!("{}", report.verdict());
    println!("report, data and logs: {}", dir.display());
    Ok(report)
}
