//! Two runs beside each other: which figures differ by more than noise.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context as _;

use crate::{
    figures::{Figure, Results},
    report::number,
};

/// What two runs of the same thing may differ by.
const NOISE: f64 = 0.2;

/// A figure that differs, or that only one of the runs has.
#[derive(Debug, PartialEq)]
enum Difference<'a> {
    Moved {
        id: &'a str,
        what: &'static str,
        old: f64,
        new: f64,
    },
    Gone(&'a str),
    Added(&'a str),
}

/// Prints what differs; `false` when anything does.
pub fn run(old: &Path, new: &Path) -> anyhow::Result<bool> {
    let (old, new) = (read(old)?, read(new)?);
    let differences = differences(&old, &new);
    for difference in &differences {
        match difference {
            Difference::Moved { id, what, old, new } => println!(
                "{id:<28} {what:<7} {:>12} → {:>12}  {:+.0}%",
                number(*old),
                number(*new),
                (new / old - 1.0) * 100.0
            ),
            Difference::Gone(id) => println!("{id:<28} is no longer measured"),
            Difference::Added(id) => println!("{id:<28} is new"),
        }
    }
    let compared: usize = old.rows.iter().map(|row| row.figures.len()).sum();
    println!(
        "{} differences, of more than {:.0}%, to {compared} figures: {} → {}",
        differences.len(),
        NOISE * 100.0,
        old.date,
        new.date
    );
    Ok(differences.is_empty())
}

/// Reads a results.json.
pub fn read(path: &Path) -> anyhow::Result<Results> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} holds no results", path.display()))
}

/// What counts is the ratio, where there is one: it is what another load on the
/// machine leaves alone.
fn differences<'a>(old: &'a Results, new: &'a Results) -> Vec<Difference<'a>> {
    let (old, new) = (by_id(old), by_id(new));
    let mut found = Vec::new();
    for (id, before) in &old {
        let Some(after) = new.get(id) else {
            found.push(Difference::Gone(id));
            continue;
        };
        let (what, old, new) = match (before.ratio(), after.ratio()) {
            (Some(old), Some(new)) => ("ratio", old, new),
            _ => ("figure", before.measured.median, after.measured.median),
        };
        if (new - old).abs() > NOISE * old.abs() {
            found.push(Difference::Moved { id, what, old, new });
        }
    }
    found.extend(
        new.keys()
            .filter(|id| !old.contains_key(*id))
            .map(|id| Difference::Added(id)),
    );
    found
}

fn by_id(results: &Results) -> BTreeMap<&str, &Figure> {
    let figures = results.rows.iter().flat_map(|row| &row.figures);
    figures.map(|figure| (figure.id.as_str(), figure)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Difference, differences};
    use crate::figures::{Figure, Results, Row};

    fn results(figures: Vec<Figure>) -> Results {
        let mut row = Row::new("a", "a");
        row.figures = figures;
        Results {
            date: String::new(),
            took_seconds: 0.0,
            quick: false,
            facts: Vec::new(),
            rows: vec![row],
        }
    }

    #[test]
    fn only_what_moved_is_told() {
        let alone = |id, value| Figure::new(id, "", "", vec![value]);
        let old = results(vec![
            alone("still", 100.0),
            alone("slower", 100.0),
            alone("gone", 1.0),
            alone("same ratio", 100.0).beside("limit", vec![200.0]),
        ]);
        let new = results(vec![
            alone("still", 115.0),
            alone("slower", 75.0),
            alone("added", 1.0),
            alone("same ratio", 50.0).beside("limit", vec![100.0]),
        ]);
        let found = differences(&old, &new);
        assert_eq!(
            found,
            [
                Difference::Gone("gone"),
                Difference::Moved {
                    id: "slower",
                    what: "figure",
                    old: 100.0,
                    new: 75.0
                },
                Difference::Added("added"),
            ]
        );
    }
}
