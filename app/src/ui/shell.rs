//! The HTML document around the app. It is rendered on the server only.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::{App, hydration::Hydration, theme};

/// The HTML document around the app.
///
/// Its scripts carry the nonce that Leptos makes for each response; the
/// response's content security policy lets no other script run.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    protect();
    let theme = theme::requested();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.attribute()>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <AutoReload options=options.clone() />
                <Hydration options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Gives the response that is being rendered its content security policy.
fn protect() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(policy) = http::HeaderValue::try_from(content_security_policy())
    {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Scripts that carry the response's nonce and what they load, WebAssembly,
/// and everything else from this host only.
#[cfg(feature = "ssr")]
fn content_security_policy() -> String {
    let scripts = leptos::nonce::use_nonce().map_or_else(
        || "'none'".to_owned(),
        |nonce| format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
    );
    // While developing, the page hears of a new build by a socket on another port.
    let connections = if cfg!(debug_assertions) {
        "'self' ws:"
    } else {
        "'self'"
    };
    format!(
        "default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data:; \
         connect-src {connections}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self'"
    )
}
