//! Where and why a text is no order. Slower than reading one; only for texts
//! that were refused already.

use serde::de::{Deserialize as _, IgnoredAny};

use crate::{Order, Reason, Rejection, object::Object, text::Text};

/// The most characters of a rejection's detail, which may quote the message.
const MAX_DETAIL_CHARS: usize = 300;

/// The most characters of a rejection's path, which may name unknown fields.
const MAX_PATH_CHARS: usize = 300;

/// How serde begins to speak of a value of another type than the model's.
const INVALID_TYPE: &str = "invalid type: ";

/// Why `text` does not follow the model.
pub(crate) fn in_model(text: &str) -> Rejection {
    if let Some(rejection) = in_syntax(text) {
        return rejection;
    }
    // A number alone may be too large for serde to notice that it is one.
    if text
        .trim_ascii_start()
        .starts_with(|first: char| first == '-' || first.is_ascii_digit())
    {
        let detail = format!("{INVALID_TYPE}number, expected an object");
        return Rejection::of_message(Reason::WrongType, detail);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, Object<Order>>(&mut json) {
        // Both ways read the same; this arm is for the compiler.
        Ok(_) => Rejection::of_message(Reason::NotJson, "not one JSON value"),
        Err(error) => against_model(path(&error), &sentence(error.inner())),
    }
}

/// Where the text that PostgreSQL cannot hold stands.
pub(crate) fn in_text(text: &str) -> Rejection {
    if let Some(rejection) = in_syntax(text) {
        return rejection;
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let path = serde_path_to_error::deserialize::<_, Text>(&mut json)
        .err()
        .map(|error| path(&error))
        .unwrap_or_default();
    Rejection {
        reason: Reason::BadText,
        path,
        detail: "\\u0000 or half of a surrogate pair: PostgreSQL cannot read such text".to_owned(),
    }
}

/// Why `text` is not one JSON value, if it is none.
fn in_syntax(text: &str) -> Option<Rejection> {
    let mut json = serde_json::Deserializer::from_str(text);
    let error = IgnoredAny::deserialize(&mut json)
        .and_then(|_| json.end())
        .err()?;
    let detail = cut(&error.to_string(), MAX_DETAIL_CHARS);
    Some(Rejection::of_message(Reason::NotJson, detail))
}

/// Turns what serde says of a well-formed document into a rejection. serde has
/// its own words only; the tests hold it to them.
fn against_model(path: String, sentence: &str) -> Rejection {
    let detail = cut(sentence, MAX_DETAIL_CHARS);
    // serde finds these two faults in the object, not in the field.
    let field_after = |words| sentence.strip_prefix(words)?.strip_suffix('`');
    let (reason, field) = if let Some(field) = field_after("missing field `") {
        (Reason::MissingField, Some(field))
    } else if let Some(field) = field_after("duplicate field `") {
        (Reason::InvalidValue, Some(field))
    } else if sentence.starts_with(INVALID_TYPE) || sentence == crate::money::NO_NUMBER {
        (Reason::WrongType, None)
    } else {
        (Reason::InvalidValue, None)
    };
    let path = match field {
        None => path,
        Some(field) if path.is_empty() => field.to_owned(),
        Some(field) => format!("{path}.{field}"),
    };
    Rejection {
        reason,
        path,
        detail,
    }
}

/// What serde says, without the position, which the path says better.
fn sentence(error: &serde_json::Error) -> String {
    let mut sentence = error.to_string();
    if let Some(at) = sentence.rfind(" at line ") {
        sentence.truncate(at);
    }
    sentence
}

/// The path of an error, fit for PostgreSQL and for people: an unknown field
/// may have any name.
fn path(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    if path == "." {
        return String::new();
    }
    let mut printable = String::new();
    for character in cut(&path, MAX_PATH_CHARS).chars() {
        if character.is_control() {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}

/// At most `max_chars` characters of `text`.
fn cut(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
