//! The HTML document around the app. It is rendered on the server only.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

use super::{App, theme};

/// The HTML document around the app.
///
/// Its scripts carry the nonce that Leptos makes for each response; whoever
/// sets the content security policy takes it from `leptos::nonce::use_nonce`.
pub fn shell(options: LeptosOptions) -> impl IntoView {
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
                <HashedStylesheet options=options.clone() id="leptos" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What the policy has to allow, for one response: the scripts that carry its
/// nonce, WebAssembly, and everything else from this host only.
pub fn content_security_policy() -> Option<String> {
    use_nonce().map(|nonce| {
        format!(
            "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
             style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             frame-ancestors 'none'; form-action 'self'"
        )
    })
}
