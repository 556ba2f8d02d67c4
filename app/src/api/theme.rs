//! `POST /api/fn/theme`: keeps the reader's choice of theme in a cookie.
//!
//! It serves readers without JavaScript: the form's answer leads back to the
//! page it was sent from. With JavaScript the browser sets the cookie itself.

use leptos::prelude::*;

use crate::error::Error;

/// Keeps `theme` (`light`, `dark`, anything else for the system's own).
///
/// # Errors
/// None but those of the transport.
#[server(prefix = "/api/fn", endpoint = "theme")]
pub async fn set_theme(theme: String) -> Result<(), Error> {
    use http::{HeaderValue, header::SET_COOKIE};

    let cookie = crate::ui::theme::Theme::from_name(&theme).cookie();
    if let (Some(response), Ok(cookie)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        HeaderValue::from_str(&cookie),
    ) {
        response.append_header(SET_COOKIE, cookie);
    }
    Ok(())
}
