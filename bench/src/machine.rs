//! What a run took place on: the machine, versions and settings.

use std::{fs, process::Command};

use anyhow::Context as _;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::site::Site;

/// PostgreSQL's settings that figures depend on.
const SETTINGS: [&str; 7] = [
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "shared_buffers",
    "max_wal_size",
    "wal_sync_method",
];

/// The present, RFC 3339.
pub fn now() -> anyhow::Result<String> {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0)?;
    Ok(now.format(&Rfc3339)?)
}

/// Machine, versions and settings, by name.
pub async fn facts(site: &Site) -> anyhow::Result<Vec<(String, String)>> {
    let mut facts = vec![
        ("processor".to_owned(), processor()?),
        ("memory".to_owned(), memory()?),
        ("kernel".to_owned(), first_line("uname", &["-sr"])),
        ("commit".to_owned(), commit()),
        (
            "service".to_owned(),
            first_line(&site.orderdesk.display().to_string(), &["--version"]),
        ),
        ("Rust".to_owned(), first_line("rustc", &["--version"])),
        (
            "NATS Streaming".to_owned(),
            first_line("nats-streaming-server", &["--version"])
                + ", file store, synced (deploy/nats-streaming.conf)",
        ),
        ("wrk".to_owned(), first_line("wrk", &["-v"])),
        ("Vegeta".to_owned(), pinned("VEGETA_VERSION")?),
    ];
    let mut settings = Vec::new();
    for name in SETTINGS {
        settings.push(format!("{name} {}", site.setting(name).await?));
    }
    facts.push(("PostgreSQL".to_owned(), settings.join(", ")));
    Ok(facts)
}

fn processor() -> anyhow::Result<String> {
    let text = fs::read_to_string("/proc/cpuinfo")?;
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown", |(_, model)| model.trim());
    let cores = std::thread::available_parallelism()?;
    Ok(format!(
        "{model}, {cores} cores, shared with everything that asks"
    ))
}

fn memory() -> anyhow::Result<String> {
    let text = fs::read_to_string("/proc/meminfo")?;
    let kib: u64 = text
        .lines()
        .find_map(|line| {
            line.strip_prefix("MemTotal:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .context("/proc/meminfo has a total")?;
    Ok(format!("{} GiB", kib.div_ceil(1024 * 1024)))
}

fn commit() -> String {
    let commit = first_line("git", &["rev-parse", "--short=12", "HEAD"]);
    let changed = first_line("git", &["status", "--porcelain", "--untracked-files=no"]);
    if changed == NOTHING {
        commit
    } else {
        commit + ", with changes"
    }
}

/// A version that the scripts pin; the program itself does not know.
fn pinned(name: &str) -> anyhow::Result<String> {
    let versions = fs::read_to_string("scripts/versions.env")?;
    let version = versions
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    Ok(version.unwrap_or(NOTHING).to_owned())
}

const NOTHING: &str = "unknown";

/// What a program says first; some say their version on standard error.
fn first_line(program: &str, arguments: &[&str]) -> String {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        return NOTHING.to_owned();
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().unwrap_or(NOTHING).to_owned()
}
