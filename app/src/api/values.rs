//! `GET /api/fn/values`: values that the box can be completed with.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{desk::FieldValue, error::Error};

/// Values that orders have in the field named `field` and that contain `part`,
/// the likeliest first; none for a field whose values are nearly all different,
/// or that takes no text.
///
/// # Errors
/// [`Error::Invalid`] when there is no such field.
#[server(prefix = "/api/fn", endpoint = "values", input = GetUrl, output = Json)]
pub async fn values(
    field: String,
    #[server(default)] part: String,
) -> Result<Vec<FieldValue>, Error> {
    use orders::search::{Field, Kind};

    let Some(field) = Field::named(&field) else {
        return Err(Error::invalid("field", "there is no such field"));
    };
    let desk = crate::ui::context::desk_from_context()?;
    Ok(match field.kind {
        Kind::Text(field) => desk.values(field, &part),
        Kind::Number(_) | Kind::Time(_) => Vec::new(),
    })
}
