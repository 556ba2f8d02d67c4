//! The description of the API for its page: from the OpenAPI document that
//! programs get, so that both say the same.

use app::docs::{Answer, ApiDocs, Content, Field, Group, Operation, Type, Word};
use serde_json::{Map, Value};

/// Reads the document.
pub fn read_docs(document: &Value) -> ApiDocs {
    let groups = list(document, "tags")
        .iter()
        .map(|tag| {
            let name = text(tag, "name");
            Group {
                operations: operations(document, &name),
                text: text(tag, "description"),
                name,
            }
        })
        .collect();
    let types = object(&document["components"], "schemas")
        .map(|(name, schema)| read_type(name, schema))
        .collect();
    ApiDocs {
        text: paragraphs(&document["info"]),
        groups,
        types,
    }
}

fn operations(document: &Value, tag: &str) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in object(document, "paths") {
        for method in ["get", "post"] {
            let operation = &item[method];
            if list(operation, "tags").iter().any(|one| one == tag) {
                operations.push(read_operation(method, path, operation));
            }
        }
    }
    operations
}

fn read_operation(method: &str, path: &str, operation: &Value) -> Operation {
    Operation {
        id: text(operation, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation, "summary").trim_end_matches('.').to_owned(),
        text: paragraphs(operation),
        parameters: list(operation, "parameters")
            .iter()
            .map(parameter)
            .collect(),
        body: contents(&operation["requestBody"]),
        answers: object(operation, "responses")
            .map(|(status, answer)| Answer {
                status: status.clone(),
                text: text(answer, "description"),
                contents: contents(answer),
                headers: object(answer, "headers")
                    .map(|(name, header)| Field {
                        name: name.clone(),
                        ..parameter(header)
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn parameter(parameter: &Value) -> Field {
    Field {
        name: text(parameter, "name"),
        place: text(parameter, "in"),
        is_required: parameter["required"] == true,
        kind: kind(&parameter["schema"]),
        text: text(parameter, "description"),
    }
}

fn contents(holder: &Value) -> Vec<Content> {
    object(holder, "content")
        .map(|(media_type, content)| Content {
            media_type: media_type.clone(),
            kind: kind(&content["schema"]),
        })
        .collect()
}

fn read_type(name: &str, schema: &Value) -> Type {
    let described = |value: &Value, text: &Value| {
        let value = value.as_str().map(str::to_owned)?;
        Some((value, text.as_str().unwrap_or_default().to_owned()))
    };
    let mut values: Vec<_> = list(schema, "enum")
        .iter()
        .filter_map(|value| described(value, &Value::Null))
        .collect();
    values.extend(list(schema, "oneOf").iter().filter_map(|one| {
        let value = one["enum"].get(0).or_else(|| one.get("const"))?;
        described(value, &one["description"])
    }));
    // An object that takes in the fields of another.
    let parts = list(schema, "allOf");
    let own = std::iter::once(schema).chain(parts);
    let fields: Vec<_> = own.flat_map(fields).collect();
    let taken_in = parts.iter().filter(|part| part.get("$ref").is_some());
    let kind = if !parts.is_empty() {
        let mut words = vec![Word::Plain("The fields of".to_owned())];
        words.extend(taken_in.flat_map(kind));
        words.push(Word::Plain("and:".to_owned()));
        words
    } else if fields.is_empty() && values.is_empty() {
        kind(schema)
    } else {
        Vec::new()
    };
    Type {
        name: name.to_owned(),
        text: paragraphs(schema),
        kind,
        fields,
        values,
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = list(schema, "required");
    object(schema, "properties")
        .map(|(name, field)| Field {
            name: name.clone(),
            place: String::new(),
            is_required: required.iter().any(|one| one == name),
            kind: kind(field),
            text: said_of(field),
        })
        .collect()
}

/// What is said of a field; of one that may be null it stands one level below.
fn said_of(field: &Value) -> String {
    std::iter::once(field)
        .chain(list(field, "oneOf"))
        .map(|one| text(one, "description"))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// What a schema says a value is, in words.
fn kind(schema: &Value) -> Vec<Word> {
    let plain = |word: &str| Word::Plain(word.to_owned());
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or(name);
        return vec![Word::Type(name.to_owned())];
    }
    for several in ["oneOf", "anyOf"] {
        let kinds = list(schema, several);
        if !kinds.is_empty() {
            // What may be missing comes last.
            let (nothing, some): (Vec<_>, Vec<_>) =
                kinds.iter().partition(|one| one["type"] == "null");
            return joined(some.into_iter().chain(nothing).map(kind));
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        return joined(values.iter().map(|value| vec![plain(&value.to_string())]));
    }
    match &schema["type"] {
        Value::Array(types) => joined(types.iter().map(|one| {
            let mut schema = schema.clone();
            schema["type"] = one.clone();
            kind(&schema)
        })),
        Value::String(name) => match name.as_str() {
            "array" => {
                let mut words = vec![plain("list of")];
                words.extend(kind(&schema["items"]));
                words
            }
            "string" => vec![plain(match schema["format"].as_str() {
                Some("date-time") => "time (RFC 3339)",
                _ => "text",
            })],
            "integer" => vec![plain("whole number")],
            "boolean" => vec![plain("true or false")],
            other => vec![plain(other)],
        },
        _ => vec![plain("any JSON")],
    }
}

fn joined(kinds: impl Iterator<Item = Vec<Word>>) -> Vec<Word> {
    let mut words = Vec::new();
    for kind in kinds {
        if !words.is_empty() {
            words.push(Word::Plain("or".to_owned()));
        }
        words.extend(kind);
    }
    words
}

fn text(holder: &Value, name: &str) -> String {
    holder[name].as_str().unwrap_or_default().trim().to_owned()
}

fn paragraphs(holder: &Value) -> Vec<String> {
    let text = text(holder, "description");
    text.split("\n\n")
        .map(|part| part.replace('\n', " "))
        .filter(|part| !part.is_empty())
        .collect()
}

fn list<'a>(holder: &'a Value, name: &str) -> &'a [Value] {
    holder[name].as_array().map_or(&[], Vec::as_slice)
}

fn object<'a>(holder: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    holder[name].as_object().into_iter().flat_map(Map::iter)
}
