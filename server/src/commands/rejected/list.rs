//! `orderdesk rejected list`.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use orders::{QuarantineState, RejectedSummary};

use super::{FilterArgs, explain, one_line, print, read_state};
use crate::store::Store;

/// Which messages to list, and how.
#[derive(Clone, Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,

    /// Only in this state
    #[arg(long, value_parser = read_state)]
    state: Option<QuarantineState>,

    /// The most messages to list
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    limit: u16,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(store: &Store, arguments: &ListArgs) -> anyhow::Result<ExitCode> {
    let limit = usize::from(arguments.limit);
    let filter = arguments.filter.filter(arguments.state);
    let mut rejected = store
        .rejected(filter, None, limit + 1)
        .await
        .map_err(explain)?;
    let has_more = rejected.len() > limit;
    rejected.truncate(limit);
    let mut text = String::new();
    for message in &rejected {
        if arguments.json {
            text += &serde_json::to_string(message).context("a message is no JSON")?;
            text.push('\n');
        } else {
            line(&mut text, message);
        }
    }
    print(text.as_bytes())?;
    if rejected.is_empty() {
        eprintln!("No message in quarantine matches");
    } else if has_more {
        eprintln!("There are more: raise --limit, or ask for those --to an earlier time");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(text: &mut String, message: &RejectedSummary) {
    let place = if message.path.is_empty() {
        String::new()
    } else {
        format!("{}: ", one_line(&message.path))
    };
    writeln!(
        text,
        "{:>8}  {:<9}  {:<13}  {}  {} {}  {} B  {place}{}",
        message.id,
        message.state.as_str(),
        message.reason.as_str(),
        message.rejected_at,
        one_line(&message.channel),
        message.sequence,
        message.size_bytes,
        one_line(&message.detail),
    )
    .expect("a String takes all text");
}
