//! `POST /api/fn/language`: keeps the reader's choice of language in a cookie.
//!
//! The form's answer leads back to the page it was sent from, which is then in
//! that language: with JavaScript and without.

use leptos::prelude::*;

use crate::error::Error;

/// Keeps `language` (`en` or `ru`).
///
/// # Errors
/// [`Error::Invalid`] for a language that Orderdesk does not speak.
#[server(prefix = "/api/fn", endpoint = "language")]
pub async fn set_language(language: String) -> Result<(), Error> {
    use http::{HeaderValue, header::SET_COOKIE};

    use crate::ui::language::{cookie, from_tag};

    let locale = from_tag(&language)
        .ok_or_else(|| Error::invalid("language", "Orderdesk speaks `en` and `ru`."))?;
    if let (Some(response), Ok(cookie)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        HeaderValue::from_str(&cookie(locale)),
    ) {
        response.append_header(SET_COOKIE, cookie);
    }
    Ok(())
}
