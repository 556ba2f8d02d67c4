//! A message in quarantine, and what was done with it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Reason, Sequence, Timestamp};

/// How a message in quarantine stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    /// Nobody has decided on it.
    #[default]
    Open,
    /// It became an order, or repeats one.
    Replayed,
    /// An operator decided that it is none.
    Discarded,
}

impl QuarantineState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Replayed, Self::Discarded];

    /// The name used in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Replayed => "replayed",
            Self::Discarded => "discarded",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl fmt::Display for QuarantineState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What an action did to a message in quarantine. The names are part of the API
/// and of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A replay made it an order.
    Stored,
    /// A replay made it the order in the place of another, as was asked for.
    Replaced,
    /// A replay found that it says the same as the stored order.
    Repeat,
    /// A replay found that it is still no valid order.
    Invalid,
    /// A replay found another order with its uid.
    Conflict,
    /// It was an order until another took its place.
    Displaced,
    /// It was discarded.
    Discarded,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 7] = [
        Self::Stored,
        Self::Replaced,
        Self::Repeat,
        Self::Invalid,
        Self::Conflict,
        Self::Displaced,
        Self::Discarded,
    ];

    /// The name used in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Replaced => "replaced",
            Self::Repeat => "repeat",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Displaced => "displaced",
            Self::Discarded => "discarded",
        }
    }

    /// The outcome with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == name)
    }

    /// What brings it about: `replay`, `displace` or `discard`.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Stored | Self::Replaced | Self::Repeat | Self::Invalid | Self::Conflict => {
                "replay"
            }
            Self::Displaced => "displace",
            Self::Discarded => "discard",
        }
    }

    /// How the message stands after it.
    pub const fn state(self) -> QuarantineState {
        match self {
            Self::Stored | Self::Replaced | Self::Repeat => QuarantineState::Replayed,
            Self::Invalid | Self::Conflict | Self::Displaced => QuarantineState::Open,
            Self::Discarded => QuarantineState::Discarded,
        }
    }

    /// What happened, as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Stored => "Replayed: it is an order now.",
            Self::Replaced => {
                "Replayed: it is the order now; the one it displaced is in quarantine."
            }
            Self::Repeat => "Replayed: it says the same as the stored order, so it is closed.",
            Self::Invalid => "Replayed: it is still no valid order.",
            Self::Conflict => "Replayed: another order still has its uid.",
            Self::Displaced => "It was the order until another message took its place.",
            Self::Discarded => "Discarded.",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A message in quarantine, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RejectedSummary {
    /// Its number in the quarantine.
    pub id: i64,
    /// How it stands.
    pub state: QuarantineState,
    /// The kind of fault, as the last look at it has shown.
    pub reason: Reason,
    /// Where in the document; empty for the whole message.
    pub path: String,
    /// A sentence for people.
    pub detail: String,
    /// The uid it claims: of the stored order in a conflict, of the order that
    /// it became.
    pub order_uid: Option<String>,
    /// The channel through which it came.
    pub channel: String,
    /// Its position there.
    pub sequence: Sequence,
    /// When NATS Streaming took it.
    pub published_at: Timestamp,
    /// When it was set aside.
    pub rejected_at: Timestamp,
    /// Its length in bytes.
    pub size_bytes: i64,
}

/// Something that was done with a message in quarantine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineAction {
    /// Its number: it grows, and it has gaps.
    pub id: i64,
    /// What it did.
    pub outcome: Outcome,
    /// The order concerned.
    pub order_uid: Option<String>,
    /// What the operator said, or how the outcome came about.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::{Outcome, QuarantineState};

    #[test]
    fn names_read_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.as_str()), Some(outcome));
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(json, format!("\"{outcome}\""));
        }
        for state in QuarantineState::ALL {
            assert_eq!(QuarantineState::from_name(state.as_str()), Some(state));
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{state}\""));
        }
    }
}
