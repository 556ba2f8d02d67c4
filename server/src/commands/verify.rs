//! `orderdesk verify`: the account of a channel, for people and for programs.

use std::{
    fmt::Write as _,
    io::Write as _,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    config::Config,
    ingest::StreamServer,
    store::{Sequences, Store},
    verify::{Report, documents, reckon},
};

/// How often the account is read again while messages are on their way.
const INTERVAL: Duration = Duration::from_millis(250);

/// What to verify, and how to say it.
#[derive(Clone, Debug, Args)]
pub struct VerifyArgs {
    /// Print one JSON object
    #[arg(long)]
    json: bool,

    /// How long to wait for messages that are on their way
    #[arg(long, default_value = "10s", value_parser = humantime::parse_duration, value_name = "TIME")]
    wait: Duration,

    /// Do not read the stored documents, only count
    #[arg(long)]
    no_documents: bool,
}

/// Prints the account. Exit code 1 when something is missing or wrong.
///
/// # Errors
/// When PostgreSQL or NATS Streaming's monitoring does not answer.
pub(super) async fn run(config: &Config, arguments: VerifyArgs) -> anyhow::Result<ExitCode> {
    let store = Store::new(&config.database_url)?;
    let server = StreamServer::new(
        &config.stan_monitor_url,
        &config.stan_channel,
        &config.stan_client_id,
        &config.stan_durable,
    )?;
    let began = Instant::now();
    let mut report = loop {
        let report = reckon(&store, &server, &config.stan_channel)
            .await
            .context("the account could not be made")?;
        if report.is_settled() || began.elapsed() >= arguments.wait {
            break report;
        }
        tokio::time::sleep(INTERVAL).await;
    };
    report.kept = Some(
        store
            .kept()
            .await
            .context("what is kept could not be counted")?,
    );
    if !arguments.no_documents {
        report.documents = Some(
            documents(&store)
                .await
                .context("the stored orders could not be read")?,
        );
    }
    store.close().await;
    let text = if arguments.json {
        serde_json::to_string(&report).context("the report is no JSON")? + "\n"
    } else {
        words(&report)
    };
    std::io::stdout()
        .write_all(text.as_bytes())
        .context("the report could not be written")?;
    Ok(if report.is_right() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The report for people.
fn words(report: &Report) -> String {
    let mut text = format!(
        "Channel {}, page {} of its ledger\n",
        report.channel, report.incarnation
    );
    let rows = [
        (
            "published",
            report.published,
            "by the word of NATS Streaming",
        ),
        ("stored", report.stored, "became an order"),
        ("repeats", report.repeats, "repeated an order"),
        (
            "conflicts",
            report.conflicts,
            "in quarantine: another order has the uid",
        ),
        ("rejected", report.rejected, "in quarantine: no valid order"),
        (
            "waiting",
            report.waiting,
            "not delivered, or not stored yet",
        ),
        (
            "missing",
            report.missing.count,
            "passed by the subscription, never dealt with",
        ),
        (
            "forgotten",
            report.forgotten.count,
            "dropped by NATS Streaming before delivery",
        ),
    ];
    for (name, number, meaning) in rows {
        line(
            &mut text,
            format_args!("  {name:<10}{number:>14}   {meaning}"),
        );
    }
    ranges(&mut text, "missing", &report.missing);
    ranges(&mut text, "forgotten", &report.forgotten);
    if let Some(kept) = &report.kept {
        line(
            &mut text,
            format_args!(
                "Orders of all channels: {}, of these {} by a replay. Set aside: {}. Open in quarantine: {}",
                kept.orders, kept.replayed, kept.set_aside, kept.open
            ),
        );
    }
    if let Some(documents) = &report.documents {
        line(
            &mut text,
            format_args!(
                "Stored orders read: {}, wrong: {}",
                documents.checked,
                documents.wrong.len()
            ),
        );
        for wrong in &documents.wrong {
            line(
                &mut text,
                format_args!("  {:?}: {}", wrong.order_uid, wrong.problem),
            );
        }
    }
    for problem in report.problems() {
        line(&mut text, format_args!("{problem}"));
    }
    if report.is_right() {
        line(&mut text, format_args!("Everything is accounted for."));
    }
    text
}

fn ranges(text: &mut String, name: &str, sequences: &Sequences) {
    if sequences.ranges.is_empty() {
        return;
    }
    let ranges = sequences
        .ranges
        .iter()
        .map(|(from, to)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from}–{to}")
            }
        })
        .collect::<Vec<_>>()
        .join(", ");
    line(text, format_args!("Sequences {name}: {ranges}"));
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("a String takes all text");
}
