//! `orderdesk-ratios`: how Orderdesk stands to references that are measured in
//! the same run, and whether that has fallen since it was recorded.
//!
//! Only ratios are looked at. They say the same on a fast machine and on a slow
//! one, and mostly on one that has other things to do; what falls all the same
//! is measured again before it counts.

mod figure;
mod http;
mod plain_server;
mod processes;
mod record;
mod stage;
mod table;
mod turns;
mod verdict;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::bail;
use clap::Parser;

use crate::{
    figure::{Bench, Figure},
    record::Record,
    verdict::{ATTEMPTS, Settled, median},
};

/// How many measurements a recorded ratio is the median of.
const RECORDED_FROM: usize = 3;

/// Measures ratios and compares them with the recorded ones. Exit code 0: they
/// hold; 1: one has fallen to half or less, or is not recorded; 2: the run
/// itself failed.
#[derive(Clone, Debug, Parser)]
#[command(name = "orderdesk-ratios", version)]
struct Args {
    /// Write the ratios that are measured as the recorded ones
    #[arg(long)]
    record: bool,

    /// Only these figures
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,

    /// Where the ratios are recorded
    #[arg(long, default_value = "hotpaths/recorded.json")]
    file: PathBuf,

    /// The folder for data and logs; it is made, and emptied first
    #[arg(long, env = "RATIOS_DIR", default_value = ".local/ratios")]
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

    /// Be the bare handler that answers with this file
    #[arg(long, hide = true, value_name = "FILE")]
    plain_server: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let ended = match &args.plain_server {
        Some(body) => plain_server::serve(body).map(|()| true),
        None => run(&args),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether every ratio holds.
fn run(args: &Args) -> anyhow::Result<bool> {
    let began = Instant::now();
    let figures = chosen(&args.only)?;
    let mut record = Record::read(&args.file)?;
    let mut bench = Bench::new(args);
    let all_hold = if args.record {
        renew(&mut record, &mut bench, &figures)?;
        record.write(&args.file)?;
        println!("recorded in {}", args.file.display());
        true
    } else {
        check(&record, &mut bench, &figures)?
    };
    bench.strike()?;
    println!("measured in {:.0} s", began.elapsed().as_secs_f64());
    Ok(all_hold)
}

fn chosen(names: &[String]) -> anyhow::Result<Vec<Figure>> {
    let every = Figure::every();
    for name in names {
        if every.iter().all(|figure| figure.name() != name) {
            let names: Vec<_> = every.iter().map(Figure::name).collect();
            bail!("there is no figure {name}; there are {}", names.join(", "));
        }
    }
    let is_wanted =
        |figure: &Figure| names.is_empty() || names.iter().any(|name| name == figure.name());
    Ok(every.into_iter().filter(is_wanted).collect())
}

fn renew(record: &mut Record, bench: &mut Bench, figures: &[Figure]) -> anyhow::Result<()> {
    for figure in figures {
        let mut ratios = Vec::new();
        for _ in 0..RECORDED_FROM {
            ratios.push(figure.measure(bench)?);
        }
        let ratio = median(&mut ratios);
        println!("{:<15} {ratio:.3}  of {ratios:.3?}", figure.name());
        record.set(figure.name(), ratio);
    }
    Ok(())
}

fn check(record: &Record, bench: &mut Bench, figures: &[Figure]) -> anyhow::Result<bool> {
    let mut fallen = Vec::new();
    println!("figure          ratio     recorded  against");
    for figure in figures {
        let recorded = record.get(figure.name());
        let settled = Settled::of(recorded, || figure.measure(bench))?;
        let shown = recorded.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.3}"));
        println!(
            "{:<15} {:<9.3} {shown:<9} {}{}",
            figure.name(),
            settled.ratio(),
            figure.against(),
            settled.remark(recorded)
        );
        if !settled.holds {
            fallen.push(figure.name());
        }
    }
    for name in record.names() {
        if Figure::every().iter().all(|figure| figure.name() != name) {
            bail!("{name} is recorded, but nothing measures it: record anew");
        }
    }
    if fallen.is_empty() {
        println!("every ratio holds");
    } else {
        println!(
            "FALLEN, in {ATTEMPTS} measurements each: {}. If that is meant, record anew: make ratios ARGS=--record",
            fallen.join(", ")
        );
    }
    Ok(fallen.is_empty())
}
