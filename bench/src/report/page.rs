//! The page: what was measured, on what, and how near it is to the limits.

use std::{fmt::Write as _, fs, path::Path};

use super::{judgement, plots::Drawn, spread, verdict};
use crate::figures::{Figure, Results, Row};

/// What was learnt about rows: one file each, named after it.
const NOTES: &str = "docs/performance/notes";

/// The page as Markdown.
pub fn page(out: &Path, results: &Results, plots: &[Drawn]) -> anyhow::Result<String> {
    let mut page = String::new();
    head(&mut page, results)?;
    if let Some((name, title)) = plots.first() {
        picture(&mut page, name, title)?;
    }
    facts(&mut page, results)?;
    for row in &results.rows {
        section(&mut page, row)?;
        for (name, title) in plots.iter().skip(1) {
            if row.curves.iter().any(|curve| curve.plot == *name) {
                picture(&mut page, name, title)?;
            }
        }
        let note = Path::new(NOTES).join(format!("{}.md", row.name));
        if let Ok(text) = fs::read_to_string(note) {
            writeln!(page, "\n{}", text.trim_end())?;
        }
    }
    raw(&mut page, out)?;
    Ok(page)
}

fn head(page: &mut String, results: &Results) -> anyhow::Result<()> {
    writeln!(page, "# What Orderdesk does a second\n")?;
    writeln!(
        page,
        "Written by `make stress`; do not edit. Each figure was measured in turn with its limit: \
         what the same machine reaches, in the same run, when it does nothing but the one thing. \
         The clients run on the same cores. Absolute figures are those of this machine and \
         everything else that ran on it; the ratios are what counts.\n"
    )?;
    writeln!(
        page,
        "A figure is the median of the rounds, with the least and the most of them. A ratio is \
         the median of the ratios of the rounds. p50 and p99 are percentiles; what was taken \
         from when says each row.\n"
    )?;
    if results.quick {
        writeln!(
            page,
            "**A brief run**, with a tenth of the orders: it shows that everything works, not how fast it is.\n"
        )?;
    }
    writeln!(page, "**{}.**\n", verdict(results))?;
    Ok(())
}

fn facts(page: &mut String, results: &Results) -> anyhow::Result<()> {
    writeln!(page, "\n| | |\n|---|---|")?;
    writeln!(page, "| date | {} |", results.date)?;
    for (name, value) in &results.facts {
        writeln!(page, "| {name} | {} |", value.replace('|', "\\|"))?;
    }
    Ok(())
}

fn section(page: &mut String, row: &Row) -> anyhow::Result<()> {
    writeln!(page, "\n## {}\n{}\n", row.title, row.method)?;
    writeln!(
        page,
        "| figure | measured | limit | ratio | goal |\n|---|---|---|---|---|"
    )?;
    for figure in &row.figures {
        let (limit, ratio) = match &figure.reference {
            Some(reference) => (spread(&reference.measured), spread(&reference.ratio)),
            None => ("–".to_owned(), "–".to_owned()),
        };
        writeln!(
            page,
            "| {} | {} {} | {limit} | {ratio} | {} |",
            figure.what,
            spread(&figure.measured),
            figure.unit,
            goals(figure)
        )?;
    }
    let mut limits: Vec<&str> = row
        .figures
        .iter()
        .filter_map(|figure| Some(figure.reference.as_ref()?.what.as_str()))
        .collect();
    limits.dedup();
    if !limits.is_empty() {
        writeln!(page, "\nLimit: {}.", limits.join("; "))?;
    }
    for check in &row.checks {
        writeln!(page, "\nChecked: {check}.")?;
    }
    Ok(())
}

fn goals(figure: &Figure) -> String {
    if figure.goals.is_empty() {
        return "–".to_owned();
    }
    let judged = figure.goals.iter().map(|goal| {
        let text = judgement(goal);
        if goal.is_met() {
            text
        } else {
            format!("**{text}**")
        }
    });
    judged.collect::<Vec<_>>().join("; ")
}

fn picture(page: &mut String, name: &str, title: &str) -> anyhow::Result<()> {
    writeln!(
        page,
        "\n<picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\"{name}-dark.svg\">\n  \
         <img alt=\"{title}\" src=\"{name}-light.svg\">\n</picture>"
    )?;
    Ok(())
}

fn raw(page: &mut String, out: &Path) -> anyhow::Result<()> {
    let Ok(entries) = fs::read_dir(out.join("raw")) else {
        return Ok(());
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    writeln!(
        page,
        "\n## Raw\n`results.json` holds every round; `orderdesk-stress compare OLD NEW` lists what differs by more than 20% between two of them. What wrk and Vegeta said:\n"
    )?;
    for name in names {
        writeln!(page, "- [`{name}`](raw/{name})")?;
    }
    Ok(())
}
