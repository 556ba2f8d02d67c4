//! `orderdesk rejected replay` and `orderdesk rejected discard`. A service that
//! runs on the same database shows at once what was decided here.

use std::process::ExitCode;

use clap::Args;
use orders::Outcome;

use super::{FilterArgs, explain, one_line, print};
use crate::{
    quarantine::{Counts, Page, replay_page},
    store::{Decision, Replayed, Store},
};

/// Which messages to replay, and what to do about conflicts.
#[derive(Clone, Debug, Args)]
pub(super) struct ReplayArgs {
    /// The messages' numbers in the quarantine
    #[arg(
        required_unless_present = "all",
        conflicts_with = "all",
        value_name = "ID"
    )]
    ids: Vec<i64>,

    /// All open messages that match --reason, --from and --to, oldest first
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    filter: FilterArgs,

    /// Where another order has the uid, let the message take its place; that
    /// order goes into the quarantine
    #[arg(long)]
    replace: bool,
}

/// Which messages to discard, and why.
#[derive(Clone, Debug, Args)]
pub(super) struct DiscardArgs {
    /// The messages' numbers in the quarantine
    #[arg(required = true, value_name = "ID")]
    ids: Vec<i64>,

    /// Why; it is kept with the message
    #[arg(long, value_parser = read_note)]
    note: String,
}

pub(super) async fn replay(
    store: &Store,
    arguments: &ReplayArgs,
    max_order_bytes: usize,
) -> anyhow::Result<ExitCode> {
    if arguments.all {
        return replay_all(store, arguments, max_order_bytes).await;
    }
    let filter = arguments.filter;
    if filter.reason.is_some() || filter.from.is_some() || filter.to.is_some() {
        anyhow::bail!("--reason, --from and --to choose among --all, not among numbers");
    }
    let mut is_all_done = true;
    for &id in &arguments.ids {
        let decision = store
            .replay(id, arguments.replace, max_order_bytes)
            .await
            .map_err(explain)?;
        let sentence = match &decision {
            Decision::Done(replayed) => sentence(replayed),
            other => not_done(other),
        };
        print(format!("{id}: {sentence}\n").as_bytes())?;
        is_all_done &= matches!(
            decision,
            Decision::Done(Replayed {
                outcome: Outcome::Stored | Outcome::Replaced | Outcome::Repeat,
                ..
            })
        );
    }
    Ok(code(is_all_done))
}

async fn replay_all(
    store: &Store,
    arguments: &ReplayArgs,
    max_order_bytes: usize,
) -> anyhow::Result<ExitCode> {
    let filter = arguments.filter.filter(None);
    let mut counts = Counts::default();
    let mut next = Some(Page::first(store).await.map_err(explain)?);
    while let Some(page) = next {
        let progress = replay_page(
            store,
            filter,
            page,
            arguments.replace,
            max_order_bytes,
            |_| {},
        )
        .await
        .map_err(explain)?;
        counts += progress.counts;
        next = progress.next;
        if next.is_some() {
            eprintln!("{} replayed so far", counts.replayed);
        }
    }
    let text = format!(
        "{} replayed: {} stored, {} replaced another order, {} repeat an order, {} conflict, {} still no valid order\n",
        counts.replayed,
        counts.stored,
        counts.replaced,
        counts.repeats,
        counts.conflicts,
        counts.invalid
    );
    print(text.as_bytes())?;
    Ok(code(counts.conflicts + counts.invalid == 0))
}

pub(super) async fn discard(store: &Store, arguments: &DiscardArgs) -> anyhow::Result<ExitCode> {
    let mut is_all_done = true;
    for &id in &arguments.ids {
        let decision = store.discard(id, &arguments.note).await.map_err(explain)?;
        let sentence = match &decision {
            Decision::Done(()) => Outcome::Discarded.sentence().to_owned(),
            other => not_done(other),
        };
        print(format!("{id}: {sentence}\n").as_bytes())?;
        is_all_done &= matches!(decision, Decision::Done(()));
    }
    Ok(code(is_all_done))
}

fn sentence(replayed: &Replayed) -> String {
    let mut parts = vec![replayed.outcome.sentence().to_owned()];
    if let Some(displaced) = replayed.displaced {
        parts.push(format!("That one is message {displaced}."));
    }
    if let (Outcome::Invalid, Some(rejection)) = (replayed.outcome, &replayed.rejection) {
        parts.push(one_line(&rejection.to_string()));
    }
    parts.join(" ")
}

fn not_done<T>(decision: &Decision<T>) -> String {
    match decision {
        Decision::Closed(state) => format!("Nothing was done: it was {state} before."),
        _ => "There is no such message in quarantine.".to_owned(),
    }
}

fn code(is_all_done: bool) -> ExitCode {
    if is_all_done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read_note(text: &str) -> Result<String, String> {
    let note = text.trim();
    if note.is_empty() || note.chars().count() > 1_000 {
        return Err("say why, in 1 to 1,000 characters".to_owned());
    }
    Ok(note.to_owned())
}
