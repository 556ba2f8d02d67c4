//! `orderdesk rejected show`.

use std::{fmt::Write as _, io::IsTerminal as _, process::ExitCode};

use clap::Args;
use orders::{QuarantineAction, RejectedSummary};

use super::{explain, one_line, print};
use crate::{quarantine::readable, store::Store};

/// What to show, and how.
#[derive(Clone, Debug, Args)]
pub(super) struct ShowArgs {
    /// The message's number in the quarantine
    id: i64,

    /// Write its bytes as they came, and nothing else; not to a terminal
    #[arg(long)]
    raw: bool,
}

pub(super) async fn run(store: &Store, arguments: &ShowArgs) -> anyhow::Result<ExitCode> {
    let id = arguments.id;
    if arguments.raw && std::io::stdout().is_terminal() {
        anyhow::bail!(
            "--raw writes what anybody may have sent, which a terminal might obey: send it to a file or a pipe"
        );
    }
    let found = store.rejected_message(id).await.map_err(explain)?;
    let Some(found) = found else {
        eprintln!("There is no message {id} in quarantine");
        return Ok(ExitCode::FAILURE);
    };
    if arguments.raw {
        print(&found.message)?;
        return Ok(ExitCode::SUCCESS);
    }
    let actions = store.rejected_actions(id).await.map_err(explain)?;
    let mut text = words(&found.summary, &actions.unwrap_or_default());
    text.push('\n');
    text += &readable(&found.message);
    text.push('\n');
    print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn words(summary: &RejectedSummary, actions: &[QuarantineAction]) -> String {
    let mut text = String::new();
    let mut fact = |name: &str, value: &str| {
        writeln!(text, "{name:<10}{}", one_line(value)).expect("a String takes all text");
    };
    fact("message", &summary.id.to_string());
    fact("state", summary.state.as_str());
    fact("reason", summary.reason.as_str());
    fact("path", &summary.path);
    fact("detail", &summary.detail);
    fact("order", summary.order_uid.as_deref().unwrap_or_default());
    fact(
        "came",
        &format!(
            "{} on channel {}, sequence {}",
            summary.published_at, summary.channel, summary.sequence
        ),
    );
    fact("set aside", &summary.rejected_at.to_string());
    fact("size", &format!("{} bytes", summary.size_bytes));
    for action in actions {
        let note = if action.note.is_empty() {
            String::new()
        } else {
            format!(" {}", action.note)
        };
        fact(
            "done",
            &format!("{}  {}{note}", action.at, action.outcome.sentence()),
        );
    }
    text
}
