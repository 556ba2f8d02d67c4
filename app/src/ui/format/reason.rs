//! The kinds of faults, the states of messages in quarantine, and what was done
//! with them, in words.

use orders::{Outcome, QuarantineState, Reason};

use crate::ui::language::{Locale, td_string};

/// What is wrong, in two words.
pub fn reason(reason: Reason, locale: Locale) -> &'static str {
    match reason {
        Reason::Empty => td_string!(locale, reasons.empty),
        Reason::TooLarge => td_string!(locale, reasons.too_large),
        Reason::NotUtf8 => td_string!(locale, reasons.not_utf8),
        Reason::NotJson => td_string!(locale, reasons.not_json),
        Reason::TooDeep => td_string!(locale, reasons.too_deep),
        Reason::BadText => td_string!(locale, reasons.bad_text),
        Reason::MissingField => td_string!(locale, reasons.missing_field),
        Reason::WrongType => td_string!(locale, reasons.wrong_type),
        Reason::InvalidValue => td_string!(locale, reasons.invalid_value),
        Reason::Conflict => td_string!(locale, reasons.conflict),
        Reason::Storage => td_string!(locale, reasons.storage),
    }
}

/// How a message stands.
pub fn state(state: QuarantineState, locale: Locale) -> &'static str {
    match state {
        QuarantineState::Open => td_string!(locale, states.open),
        QuarantineState::Replayed => td_string!(locale, states.replayed),
        QuarantineState::Discarded => td_string!(locale, states.discarded),
    }
}

/// What was done, as a sentence; in English it is what the command line says.
pub fn outcome(outcome: Outcome, locale: Locale) -> &'static str {
    match outcome {
        Outcome::Stored => td_string!(locale, outcomes.stored),
        Outcome::Replaced => td_string!(locale, outcomes.replaced),
        Outcome::Repeat => td_string!(locale, outcomes.repeat),
        Outcome::Invalid => td_string!(locale, outcomes.invalid),
        Outcome::Conflict => td_string!(locale, outcomes.conflict),
        Outcome::Displaced => td_string!(locale, outcomes.displaced),
        Outcome::Discarded => td_string!(locale, outcomes.discarded),
    }
}

#[cfg(test)]
mod tests {
    use orders::Outcome;

    use super::{Locale, outcome};

    #[test]
    fn outcomes_are_said_as_the_command_line_says_them() {
        for done in Outcome::ALL {
            assert_eq!(outcome(done, Locale::en), done.sentence());
            assert_ne!(outcome(done, Locale::ru), done.sentence());
        }
    }
}
