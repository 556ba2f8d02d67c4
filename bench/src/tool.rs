//! Programs that a run starts and waits for: they end with it.

use std::{io::Write as _, path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, bail};
use tokio::process::Command;

/// A command that dies with this process, however that ends.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL"])
        .arg(program)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Runs `program` to its end and gives what it said; both are added to the
/// file `raw`.
///
/// # Errors
/// When it fails, or takes longer than `patience`.
pub async fn run(
    program: &str,
    arguments: &[String],
    patience: Duration,
    raw: &Path,
) -> anyhow::Result<Vec<u8>> {
    let output = command(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output();
    let output = tokio::time::timeout(patience, output)
        .await
        .with_context(|| format!("{program} did not end within {patience:?}"))?
        .with_context(|| format!("{program} cannot be run: scripts/setup.sh stress brings it"))?;
    let mut log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(raw)
        .with_context(|| raw.display().to_string())?;
    let here = std::env::current_dir()?.display().to_string() + "/";
    writeln!(
        log,
        "$ {program} {}",
        arguments.join(" ").replace(&here, "")
    )?;
    log.write_all(shortened(&output.stdout).as_bytes())?;
    log.write_all(shortened(&output.stderr).as_bytes())?;
    if !output.status.success() {
        bail!(
            "{program} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}

/// The most lines, and the most characters of a line, that are kept of what a
/// program said: a load generator names every single failure.
const MAX_LINES: usize = 40;
const MAX_LINE_CHARS: usize = 2_000;

fn shortened(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let mut kept = String::new();
    for line in said.lines().take(MAX_LINES) {
        kept.extend(line.chars().take(MAX_LINE_CHARS));
        if line.chars().nth(MAX_LINE_CHARS).is_some() {
            kept.push('…');
        }
        kept.push('\n');
    }
    let more = said.lines().count().saturating_sub(MAX_LINES);
    if more > 0 {
        kept += "… and ";
        kept += &more.to_string();
        kept += " lines more\n";
    }
    kept
}
