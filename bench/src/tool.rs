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
    writeln!(log, "$ {program} {}", arguments.join(" "))?;
    log.write_all(&output.stdout)?;
    log.write_all(&output.stderr)?;
    if !output.status.success() {
        bail!(
            "{program} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}
