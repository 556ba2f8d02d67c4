//! The HTML document around the app. It is rendered on the server only.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::{App, hydration::Hydration, language, reader::provide_reader, theme};

/// The HTML document around the app.
///
/// Its scripts carry the nonce that Leptos makes for each response; the
/// response's content security policy lets no other script run.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let reader = provide_reader();
    let language = language::tag(reader.locale);
    describe(language);
    let theme = theme::requested();
    let zone = reader.zone.name().map(str::to_owned);
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme.attribute() data-zone=zone>
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

/// Gives the response that is being rendered its content security policy, and
/// tells caches that another reader may get another page.
fn describe(language: &'static str) {
    use http::header;

    let Some(response) = use_context::<leptos_axum::ResponseOptions>() else {
        return;
    };
    if let Ok(policy) = http::HeaderValue::try_from(content_security_policy()) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = [
        (header::CONTENT_LANGUAGE, language),
        (header::VARY, "accept-language, cookie"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    for (name, value) in fixed {
        response.insert_header(name, http::HeaderValue::from_static(value));
    }
}

/// Scripts that carry the response's nonce and what they load, WebAssembly,
/// and everything else from this host only.
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
