//! The description of the API as its page shows it: plain words, ready to be
//! read. The server makes it from the OpenAPI document.

/// Everything that can be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiDocs {
    /// What is said of the whole, in paragraphs.
    pub text: Vec<String>,
    /// The operations by what they are about.
    pub groups: Vec<Group>,
    /// What goes over the wire.
    pub types: Vec<Type>,
}

/// Operations that are about the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub name: String,
    /// A sentence on it.
    pub text: String,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// A method of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Its identity: also the place on the page.
    pub id: String,
    /// The method, in capitals.
    pub method: String,
    /// The address, with its parameters in braces.
    pub path: String,
    /// What it does, in few words.
    pub summary: String,
    /// What else is to be said, in paragraphs.
    pub text: Vec<String>,
    /// What stands in the address, in the query and in headers.
    pub parameters: Vec<Field>,
    /// What the request's body may be.
    pub body: Vec<Content>,
    /// What it answers, by status.
    pub answers: Vec<Answer>,
}

/// A parameter, a header, or a field of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it stands: `path`, `query`, `header`; empty for a field.
    pub place: String,
    /// Whether it has to be there.
    pub is_required: bool,
    /// What it is.
    pub kind: Vec<Word>,
    /// A sentence on it.
    pub text: String,
}

/// What is answered with one status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: String,
    /// When.
    pub text: String,
    /// The body, by media type.
    pub contents: Vec<Content>,
    /// Headers that say something.
    pub headers: Vec<Field>,
}

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Its media type.
    pub media_type: String,
    /// What it is.
    pub kind: Vec<Word>,
}

/// Part of what says what something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A word of its own.
    Plain(String),
    /// The name of one of [`ApiDocs::types`].
    Type(String),
}

/// A type of what goes over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// What it is, in paragraphs.
    pub text: Vec<String>,
    /// What it is made of, where it is no object.
    pub kind: Vec<Word>,
    /// The fields of an object.
    pub fields: Vec<Field>,
    /// The values it may have, each with a sentence.
    pub values: Vec<(String, String)>,
}
