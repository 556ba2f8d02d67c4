//! Tests all rows of a chunk at once.

use orders::search::{NumberField, TimeField};

use super::{
    bitmap::{Bitmap, meant},
    chunk::Chunk,
    plan::{Check, Plan, Step},
};

impl Plan<'_> {
    /// The rows of `chunk` that are meant.
    pub(super) fn rows_of(&self, chunk: &Chunk) -> Bitmap {
        let mut rows = Bitmap::first(chunk.rows());
        for step in &self.steps {
            if rows.is_empty() {
                break;
            }
            step.keep(chunk, &mut rows);
        }
        rows
    }
}

impl Step<'_> {
    /// Keeps those of `rows` that pass.
    fn keep(&self, chunk: &Chunk, rows: &mut Bitmap) {
        let mut found = Bitmap::empty();
        let mut rest = rows.clone();
        for check in &self.checks {
            check.add(chunk, &rest, &mut found);
            rest.and_not(&found);
        }
        if self.is_negated {
            rows.and_not(&found);
        } else {
            rows.and(&found);
        }
    }
}

impl Check<'_> {
    /// Adds those of `rows` for which it holds to `found`.
    fn add(&self, chunk: &Chunk, rows: &Bitmap, found: &mut Bitmap) {
        if self.never_holds() {
            return;
        }
        match self {
            Self::Find(column, finder) => column.of(chunk).find(finder, rows, found),
            Self::Equal(column, text) => column.of(chunk).equal(text, rows, found),
            Self::Coded(column, codes) => {
                let column = column.of(chunk);
                match codes.only() {
                    Some(code) => found.add_where(rows, column, |here| here == code),
                    None => found.add_where(rows, column, |here| codes.has(here)),
                }
            }
            Self::LineCoded(column, codes) => {
                let column = column.of(chunk);
                match codes.only() {
                    Some(code) => add_lines(chunk, rows, found, column, |here| here == code),
                    None => add_lines(chunk, rows, found, column, |here| codes.has(here)),
                }
            }
            Self::Amount(bounds) => {
                let (low, high) = bounds.closed();
                found.add_where(rows, &chunk.amount, |amount| {
                    low <= amount && amount <= high
                });
            }
            Self::Lines(bounds) => {
                #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
                let count = |row| chunk.lines(row).len() as f64;
                found.add_rows(rows, |row| bounds.contain(count(row)));
            }
            Self::LineNumber(field, bounds) => {
                let column = match field {
                    NumberField::Status => &chunk.status,
                    _ => &chunk.nm_id,
                };
                add_lines(chunk, rows, found, column, |number| bounds.contain(number));
            }
            Self::Time(field, bounds) => {
                let column = match field {
                    TimeField::Date => &chunk.date,
                    TimeField::Received => &chunk.received,
                };
                found.add_where(rows, column, |moment| bounds.contain(moment));
            }
        }
    }
}

/// Below so many candidates their lines are looked at one row after another.
const FEW: usize = 512;

/// Adds those of `rows` one of whose lines has a value that is meant.
fn add_lines<T: Copy>(
    chunk: &Chunk,
    rows: &Bitmap,
    found: &mut Bitmap,
    column: &[T],
    is_meant: impl Fn(T) -> bool,
) {
    if rows.count() < FEW {
        found.add_rows(rows, |row| {
            column[chunk.lines(row)]
                .iter()
                .any(|&value| is_meant(value))
        });
        return;
    }
    // Most lines are not meant: only for one that is, its row is looked up.
    let mut row = 0;
    for line in meant(column, is_meant) {
        row += chunk.line_end[row..].partition_point(|&end| end as usize <= line);
        if rows.has(row) {
            found.set(row);
        }
    }
}
