//! `orderdesk-instructions`: how many instructions the hot paths take, as
//! Valgrind counts them. Nothing else that runs on the machine changes them.
//!
//! The program runs itself under Valgrind twice for each path, and what five
//! runs take more than one is what four runs take: preparing is in neither.

use std::process::Command;

use anyhow::{Context as _, bail};
use clap::Parser;
use hotpaths::{HotPath, LEAST_ORDERS, Orders, every_path};

/// Runs that are counted.
const COUNTED: u64 = 4;

/// Counts the instructions of every hot path, or of those that are named.
#[derive(Debug, Parser)]
#[command(name = "orderdesk-instructions", version)]
struct Args {
    /// Paths to count; all without any
    paths: Vec<String>,

    /// Run the one path so many times, and say nothing
    #[arg(long, hide = true)]
    times: Option<u64>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let chosen = chosen(&args.paths)?;
    if let Some(times) = args.times {
        for path in chosen {
            run(path, times);
        }
        return Ok(());
    }
    println!("| path | instructions for one | what a run does |\n|---|---|---|");
    for path in chosen {
        let counted = count(path, 1 + COUNTED)?.saturating_sub(count(path, 1)?);
        let each = counted / COUNTED / path.pieces as u64;
        println!("| {} | {each} | {} |", path.name, path.what);
    }
    Ok(())
}

fn chosen(names: &[String]) -> anyhow::Result<Vec<HotPath>> {
    let every = every_path();
    if names.is_empty() {
        return Ok(every);
    }
    names
        .iter()
        .map(|name| {
            let found = every.iter().find(|path| path.name == name);
            found.copied().with_context(|| {
                let names: Vec<_> = every.iter().map(|path| path.name).collect();
                format!("there is no path {name}; there are {}", names.join(", "))
            })
        })
        .collect()
}

fn run(path: HotPath, times: u64) {
    let mut work = (path.prepare)(&Orders::made(LEAST_ORDERS));
    for _ in 0..times {
        work();
    }
}

/// Instructions of the whole process when `path` is run so many times.
fn count(path: HotPath, times: u64) -> anyhow::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no"])
        .arg("--cachegrind-out-file=/dev/null")
        .arg(std::env::current_exe()?)
        .args([path.name, "--times", &times.to_string()])
        .output()
        .context("valgrind is missing: scripts/setup.sh bench")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("valgrind failed: {said}");
    }
    instructions(&said).with_context(|| format!("valgrind gave no count: {said}"))
}

/// The number in a line such as `==12== I   refs:      1,234`.
fn instructions(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("refs:"))?;
    let (_, number) = line.rsplit_once(':')?;
    number.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::instructions;

    #[test]
    fn the_count_is_read() {
        let said = "==7== Cachegrind, a profiler\n==7== \n==7== I   refs:      1,234,567\n";
        assert_eq!(instructions(said), Some(1_234_567));
        assert_eq!(instructions("==7== nothing of the kind\n"), None);
    }
}
