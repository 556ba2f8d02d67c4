//! `orderdesk-stress`: measures the release build of Orderdesk beside the
//! limits of the very machine it runs on, in the same run, and draws the result.

mod args;
mod compare;
mod corpus;
mod figures;
mod load;
mod machine;
mod reference;
mod report;
mod rows;
mod seed;
mod site;
mod tool;
mod volume;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::Parser as _;

use crate::{
    args::{Args, Command},
    figures::{Results, Row},
    rows::RowName,
    site::Site,
    volume::Volume,
};

fn main() -> ExitCode {
    let args = Args::parse();
    let ended = match args.command {
        Some(Command::Compare { old, new }) => compare::run(&old, &new),
        Some(Command::Report { dir }) => report::again(&dir),
        Some(Command::Reference(reference)) => reference.run().map(|()| true),
        None => measure(args).map(|()| true),
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

fn measure(args: Args) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(until_interrupted(args));
    // Threads that ask or publish are not waited for: nothing is theirs alone.
    runtime.shutdown_background();
    ended
}

async fn until_interrupted(args: Args) -> anyhow::Result<()> {
    let interrupted = async {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminated {
            Ok(mut terminated) => tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            },
            Err(_) => {
                tokio::signal::ctrl_c().await.ok();
            }
        }
    };
    // Whatever is dropped here ends the processes that it started.
    tokio::select! {
        ended = run(args) => ended,
        () = interrupted => Err(anyhow::anyhow!("interrupted")),
    }
}

async fn run(args: Args) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut volume = if args.quick {
        Volume::BRIEF
    } else {
        Volume::WHOLE
    };
    if let Some(rounds) = args.rounds {
        volume.rounds = usize::from(rounds);
    }
    let rows = if args.only.is_empty() {
        RowName::all().to_vec()
    } else {
        args.only.clone()
    };
    let out = folder_of(&args);
    let mut site = Site::open(&args, volume, &out.join("raw")).await?;
    let mut results = Results {
        date: machine::now()?,
        took_seconds: 0.0,
        quick: args.quick,
        facts: machine::facts(&site).await?,
        rows: Vec::new(),
    };
    let mut failed = 0;
    for name in rows {
        // One row that cannot be measured does not keep the others from it.
        let row = match name.measure(&mut site).await {
            Ok(row) => row,
            Err(error) => {
                eprintln!("NOT MEASURED: {error:#}; see {}", site.dir.display());
                failed += 1;
                Row::not_measured(&name.name(), &format!("{error:#}"))
            }
        };
        print!("{}", report::plain(&row));
        results.rows.push(row);
        // What was measured stays, whatever comes later.
        results.took_seconds = began.elapsed().as_secs_f64();
        report::write(&out, &results)?;
    }
    site.cool()?;
    println!("{}", report::verdict(&results));
    println!("report: {}", out.join("README.md").display());
    anyhow::ensure!(failed == 0, "{failed} rows could not be measured");
    Ok(())
}

/// Brief figures, and those of single rows, are not the report of the project.
fn folder_of(args: &Args) -> PathBuf {
    match &args.out {
        Some(out) => out.clone(),
        None if args.quick || !args.only.is_empty() => args.dir.join("report"),
        None => Path::new("docs/performance").to_owned(),
    }
}
