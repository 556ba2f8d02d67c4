//! The report: a page, plots and JSON.

mod bars;
mod page;
mod plots;
mod theme;

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Context as _;

use crate::{
    compare,
    figures::{Figure, Goal, Results, Row, Side, Spread},
};

/// Writes everything into `out`. Notes in `out/notes` stay as they are.
pub fn write(out: &Path, results: &Results) -> anyhow::Result<()> {
    fs::create_dir_all(out)?;
    let json = serde_json::to_string_pretty(results)? + "\n";
    fs::write(out.join("results.json"), json)?;
    let plots = plots::draw(out, results)?;
    let page = page::page(out, results, &plots)?;
    let path = out.join("README.md");
    fs::write(&path, page).with_context(|| path.display().to_string())
}

/// Writes the report of a results.json again.
pub fn again(dir: &Path) -> anyhow::Result<bool> {
    let results = compare::read(&dir.join("results.json"))?;
    write(dir, &results)?;
    Ok(true)
}

/// A row for a terminal.
pub fn plain(row: &Row) -> String {
    let mut text = format!("{} ({:.0} s)\n", row.title, row.took_seconds);
    for figure in &row.figures {
        // Writing to a string cannot fail.
        write!(
            text,
            "  {:<44} {} {}",
            figure.what,
            spread(&figure.measured),
            figure.unit
        )
        .ok();
        if let Some(reference) = &figure.reference {
            write!(
                text,
                "  · limit {}  · ratio {}",
                spread(&reference.measured),
                spread(&reference.ratio)
            )
            .ok();
        }
        for goal in &figure.goals {
            write!(text, "  · {}", judgement(goal)).ok();
        }
        text.push('\n');
    }
    text
}

/// The run in one sentence.
pub fn verdict(results: &Results) -> String {
    let goals: Vec<&Goal> = figures(results).flat_map(|figure| &figure.goals).collect();
    let met = goals.iter().filter(|goal| goal.is_met()).count();
    format!(
        "{met} of {} goals are met; {} rows in {:.0} s",
        goals.len(),
        results.rows.len(),
        results.took_seconds
    )
}

/// Every figure of a run.
pub fn figures(results: &Results) -> impl Iterator<Item = &Figure> {
    results.rows.iter().flat_map(|row| &row.figures)
}

/// A goal, and whether it is met.
pub fn judgement(goal: &Goal) -> String {
    let side = match goal.side {
        Side::AtLeast => "≥",
        Side::AtMost => "≤",
    };
    let of = if goal.of_ratio { "ratio " } else { "" };
    let bound = number(goal.bound);
    match goal.missed_by() {
        _ if goal.is_met() => format!("{of}{side} {bound}: met"),
        Some(missed) => format!("{of}{side} {bound}: missed by {:.0}%", missed * 100.0),
        None => format!("{of}{side} {bound}: missed"),
    }
}

/// Median, least and most.
pub fn spread(spread: &Spread) -> String {
    if spread.rounds.len() < 2 {
        return number(spread.median);
    }
    format!(
        "{} ({}–{})",
        number(spread.median),
        number(spread.min),
        number(spread.max)
    )
}

/// A number with as many digits as mean something.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let magnitude = value.abs();
    if magnitude >= 1_000.0 {
        grouped(value)
    } else if magnitude >= 100.0 {
        format!("{value:.0}")
    } else if magnitude >= 10.0 {
        format!("{value:.1}")
    } else if magnitude >= 0.1 || value == 0.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.4}")
    }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits.as_str()), |rest| ("-", rest));
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (value, text) in [
            (1_234_567.0, "1,234,567"),
            (1_000.0, "1,000"),
            (234.5, "234"),
            (12.34, "12.3"),
            (1.234, "1.23"),
            (0.0, "0.00"),
            (0.012_34, "0.0123"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
