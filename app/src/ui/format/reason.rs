//! The kinds of faults, and the states of messages in quarantine, in words.

use orders::{QuarantineState, Reason};

/// What is wrong, in two words.
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Empty => "Empty",
        Reason::TooLarge => "Too large",
        Reason::NotUtf8 => "Not UTF-8",
        Reason::NotJson => "Not JSON",
        Reason::TooDeep => "Too deep",
        Reason::BadText => "Bad text",
        Reason::MissingField => "Missing field",
        Reason::WrongType => "Wrong type",
        Reason::InvalidValue => "Invalid value",
        Reason::Conflict => "Conflict",
        Reason::Storage => "Not storable",
    }
}

/// How a message stands.
pub const fn state(state: QuarantineState) -> &'static str {
    match state {
        QuarantineState::Open => "Open",
        QuarantineState::Replayed => "Replayed",
        QuarantineState::Discarded => "Discarded",
    }
}
