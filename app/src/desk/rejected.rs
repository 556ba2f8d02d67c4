//! What the pages are told of the quarantine.

use orders::{Outcome, QuarantineAction, QuarantineState, Reason, RejectedSummary, Timestamp};
use serde::{Deserialize, Serialize};

/// Which messages of the quarantine are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedFilter {
    /// Only with this reason.
    pub reason: Option<Reason>,
    /// Only in this state.
    pub state: Option<QuarantineState>,
    /// Only what was set aside at this time or later.
    pub from: Option<Timestamp>,
    /// Only what was set aside before this time.
    pub to: Option<Timestamp>,
}

/// A page of the quarantine, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedPage {
    /// The messages.
    pub rejected: Vec<RejectedSummary>,
    /// Where the next page starts; `None` after the last one.
    pub next: Option<i64>,
    /// How many there are of each reason, whatever reason is asked for.
    pub counts: Vec<(Reason, u64)>,
}

/// One message of the quarantine, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedView {
    /// What is known of it.
    pub summary: RejectedSummary,
    /// What was done with it, newest first.
    pub actions: Vec<QuarantineAction>,
    /// Where its fault is, where that is one place.
    pub place: Option<Place>,
    /// Its text, or the part around the fault. What cannot be shown is escaped.
    pub lines: Vec<Line>,
    /// Its bytes, or those around the fault, sixteen a row.
    pub hex: Vec<HexRow>,
    /// Whether `lines` leave something out.
    pub is_text_cut: bool,
    /// Whether `hex` leaves something out.
    pub is_hex_cut: bool,
}

/// A place in a message. Each number starts from 1, but `byte` from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The byte of that line.
    pub column: usize,
    /// The byte of the message.
    pub byte: usize,
}

/// A text with a part that is marked, which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// What comes before it.
    pub before: String,
    /// The part.
    pub place: String,
    /// What comes after it.
    pub after: String,
}

/// A line of a message, with its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: Marked,
    /// Whether the fault begins here.
    pub is_bad: bool,
}

/// Sixteen bytes of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HexRow {
    /// Where they are, in hexadecimal.
    pub at: String,
    /// The bytes in hexadecimal.
    pub bytes: Marked,
    /// The bytes as ASCII, a dot for what is none.
    pub ascii: Marked,
}

/// What came of an action on one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decided {
    /// It was done.
    Done(Outcome),
    /// It had been decided before; nothing was done.
    Closed(QuarantineState),
}

/// What came of replaying a batch of those that match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayedAll {
    /// Messages that were replayed.
    pub replayed: u64,
    /// Of these, those that are an order now, or repeat one.
    pub closed: u64,
    /// Where the next batch starts; `None` after the last one.
    pub next: Option<String>,
}
