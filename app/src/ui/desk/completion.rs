//! What the box offers while it is being typed in: names of fields, and values
//! that orders have.

use leptos::{prelude::*, task::spawn_local};
use orders::search::{Condition, Field, Suggestion, TextField, field_suggestions};

use crate::{
    desk::FieldValue,
    ui::{
        format::{links::encode, number::grouped},
        language::{Locale, td_string},
        live::browser,
        reader::locale,
    },
};

/// The most that is offered at once.
const MAX_CHOICES: usize = 8;

/// Something to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What the person sees.
    pub(super) label: String,
    /// What is said of it.
    pub(super) caption: String,
    /// What the box holds then, and where the caret stands, in bytes.
    pub(super) text: String,
    pub(super) caret: usize,
}

/// What is offered now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completion {
    pub(super) choices: RwSignal<Vec<Choice>>,
    /// The one that the arrows chose.
    pub(super) active: RwSignal<Option<usize>>,
    turn: StoredValue<u32>,
}

impl Completion {
    pub(super) fn new() -> Self {
        Self {
            choices: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    pub(super) fn close(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.offer(Vec::new());
    }

    /// Whether nothing was looked for yet.
    pub(super) fn is_untouched(self) -> bool {
        self.turn.get_value() == 0
    }

    pub(super) fn is_open(self) -> bool {
        self.choices.with(|choices| !choices.is_empty())
    }

    fn offer(self, choices: Vec<Choice>) {
        self.active.set(None);
        if self.choices.with_untracked(|before| *before != choices) {
            self.choices.set(choices);
        }
    }

    /// Moves the choice down, or up.
    pub(super) fn step(self, down: bool) {
        let count = self.choices.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        self.active.update(|active| {
            *active = Some(match (*active, down) {
                (None, true) => 0,
                (None, false) => count - 1,
                (Some(at), true) => (at + 1) % count,
                (Some(at), false) => (at + count - 1) % count,
            });
        });
    }

    /// The one that was chosen; the first where none was and `or_first`.
    pub(super) fn chosen(self, or_first: bool) -> Option<Choice> {
        let at = self.active.get_untracked().or(or_first.then_some(0))?;
        self.choices
            .with_untracked(|choices| choices.get(at).cloned())
    }

    /// Looks what there is for a text with the caret at this byte.
    pub(super) fn look(self, typed: String, caret: usize) {
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        match Suggestion::at(&typed, caret) {
            Some(Suggestion::Field { place, prefix }) if !prefix.is_empty() => {
                let choices = field_suggestions(&prefix)
                    .take(MAX_CHOICES)
                    .map(|field| of_field(&typed, place.clone(), field));
                self.offer(choices.collect());
            }
            Some(Suggestion::Value {
                place,
                field,
                prefix,
            }) => {
                spawn_local(async move {
                    let found = values(field, &prefix).await;
                    if self.turn.try_get_value() == turn {
                        let choices = found
                            .unwrap_or_default()
                            .into_iter()
                            .map(|value| of_value(&typed, place.clone(), field, value));
                        self.offer(choices.collect());
                    }
                });
            }
            _ => self.offer(Vec::new()),
        }
    }
}

/// Asks the server function `values`; none where there is no answer.
async fn values(field: TextField, part: &str) -> Option<Vec<FieldValue>> {
    let address = format!(
        "/api/fn/values?field={}&part={}",
        field.name(),
        encode(part)
    );
    serde_json::from_str(&browser::fetch_text(&address).await?).ok()
}

fn of_field(typed: &str, place: std::ops::Range<usize>, field: Field) -> Choice {
    let written = format!("{}:", field.name);
    let (text, caret) = replaced(typed, place, &written);
    Choice {
        label: written,
        caption: meaning(field, locale()).to_owned(),
        text,
        caret,
    }
}

fn of_value(
    typed: &str,
    place: std::ops::Range<usize>,
    field: TextField,
    value: FieldValue,
) -> Choice {
    let written = Condition::Is(field, value.value.clone()).to_string();
    let written = written.split_once(':').map_or("", |(_, value)| value);
    // Behind a quote that is not closed yet, up to the caret.
    let (text, caret) = replaced(typed, place, &format!("{written} "));
    Choice {
        label: value.value,
        caption: grouped(locale(), value.count),
        text,
        caret,
    }
}

fn replaced(typed: &str, place: std::ops::Range<usize>, by: &str) -> (String, usize) {
    let before = typed.get(..place.start).unwrap_or_default();
    let after = typed.get(place.end..).unwrap_or_default();
    let after = if by.ends_with(' ') {
        after.trim_start()
    } else {
        after
    };
    (format!("{before}{by}{after}"), before.len() + by.len())
}

/// What a field is, in a few words.
fn meaning(field: Field, locale: Locale) -> &'static str {
    match field.name {
        "uid" => td_string!(locale, meanings.uid),
        "track" => td_string!(locale, meanings.track),
        "customer" => td_string!(locale, meanings.customer),
        "name" => td_string!(locale, meanings.name),
        "phone" => td_string!(locale, meanings.phone),
        "email" => td_string!(locale, meanings.email),
        "city" => td_string!(locale, meanings.city),
        "brand" | "status" => td_string!(locale, meanings.of_item),
        "item" => td_string!(locale, meanings.item),
        "delivery" => td_string!(locale, meanings.delivery),
        "bank" | "currency" | "provider" => td_string!(locale, meanings.of_payment),
        "amount" => td_string!(locale, meanings.amount),
        "items" => td_string!(locale, meanings.items),
        "nm_id" => td_string!(locale, meanings.nm_id),
        "date" => td_string!(locale, meanings.date),
        "received" => td_string!(locale, meanings.received),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use orders::search::{Field, Query, TextField};

    use super::{meaning, of_field, of_value};
    use crate::{desk::FieldValue, ui::language};

    #[test]
    fn a_choice_is_written_as_it_is_understood() {
        let field = Field::named("city").unwrap();
        let choice = of_field("anna ci", 5..7, field);
        assert_eq!((choice.text.as_str(), choice.caret), ("anna city:", 10));
        let value = FieldValue {
            value: "New York".to_owned(),
            count: 3,
        };
        let choice = of_value("city:new amount:>5", 5..8, TextField::City, value);
        assert_eq!(choice.text, "city:=\"New York\" amount:>5");
        assert_eq!(choice.caret, 17);
        assert!(Query::parse(&choice.text).is_ok());
    }

    #[test]
    fn every_field_is_explained() {
        for field in Field::all() {
            for locale in language::ALL {
                assert!(!meaning(field, locale).is_empty(), "{}", field.name);
            }
        }
    }
}
