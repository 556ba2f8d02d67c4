//! `orderdesk rejected`: the quarantine on the command line.

mod decide;
mod list;
mod show;

use std::{
    io::{ErrorKind, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use orders::{QuarantineState, Reason, Timestamp};

use crate::{
    config::Config,
    quarantine::readable,
    store::{QuarantineFilter, Store, StoreError},
};

/// What to do with the quarantine.
#[derive(Clone, Debug, Args)]
pub struct RejectedArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// List messages in quarantine, newest first
    List(list::ListArgs),
    /// Show one message and what was done with it
    Show(show::ShowArgs),
    /// Read messages again, and store those that are orders now. Exit code 1
    /// when one of them is none
    Replay(decide::ReplayArgs),
    /// Close messages that are no orders. Their bytes stay
    Discard(decide::DiscardArgs),
}

/// Which messages are meant.
#[derive(Clone, Copy, Debug, Default, Args)]
struct FilterArgs {
    /// Only with this reason
    #[arg(long, value_parser = read_reason)]
    reason: Option<Reason>,

    /// Only what was set aside at this time or later, e.g. 2026-05-12T14:32:00Z
    #[arg(long, value_parser = read_moment, value_name = "TIME")]
    from: Option<Timestamp>,

    /// Only what was set aside before this time
    #[arg(long, value_parser = read_moment, value_name = "TIME")]
    to: Option<Timestamp>,
}

impl FilterArgs {
    const fn filter(self, state: Option<QuarantineState>) -> QuarantineFilter {
        QuarantineFilter {
            reason: self.reason,
            state,
            from: self.from,
            to: self.to,
        }
    }
}

/// Does what was asked for.
///
/// # Errors
/// When PostgreSQL does not answer, or the schema is another release's.
pub(super) async fn run(config: &Config, arguments: RejectedArgs) -> anyhow::Result<ExitCode> {
    let store = Store::new(&config.database_url)?;
    let code = match arguments.action {
        Action::List(arguments) => list::run(&store, &arguments).await,
        Action::Show(arguments) => show::run(&store, &arguments).await,
        Action::Replay(arguments) => {
            decide::replay(&store, &arguments, config.max_order_bytes()).await
        }
        Action::Discard(arguments) => decide::discard(&store, &arguments).await,
    };
    store.close().await;
    code
}

/// What a failure of the store means to people.
fn explain(error: StoreError) -> anyhow::Error {
    let hint = if error.sqlstate().as_deref() == Some("42P01") {
        "this database has no quarantine of this release: start the service once"
    } else {
        "the quarantine could not be asked; nothing is half done"
    };
    anyhow::Error::new(error).context(hint)
}

/// Writes to standard output. A reader who has left is no error.
fn print(bytes: &[u8]) -> anyhow::Result<()> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output could not be written"),
    }
}

/// A text of anybody's on one line, with nothing in it that a terminal obeys.
fn one_line(text: &str) -> String {
    readable(text.as_bytes())
        .replace('\n', "\\n")
        .replace('\t', "\\t")
}

fn read_reason(name: &str) -> Result<Reason, String> {
    Reason::from_name(name).ok_or_else(|| {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        format!("one of {known} is expected")
    })
}

fn read_state(name: &str) -> Result<QuarantineState, String> {
    QuarantineState::from_name(name).ok_or_else(|| {
        let known = QuarantineState::ALL.map(QuarantineState::as_str).join(", ");
        format!("one of {known} is expected")
    })
}

fn read_moment(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text)
        .map_err(|_| "a time such as 2026-05-12T14:32:00Z is expected (RFC 3339)".to_owned())
}
