//! A page's title.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos_meta::Title;

/// Sets the document's title. The text may be anybody's.
#[component]
pub fn PageTitle(
    /// The text; it has to be plain, since the head is written when the
    /// signals of the page are gone.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <Title text=for_head(&text).into_owned() /> }
}

/// On the server `leptos_meta` writes the text into the head as it is, so it
/// has to be HTML by then. The browser sets `document.title`, which is text.
fn for_head(text: &str) -> Cow<'_, str> {
    if cfg!(feature = "ssr") {
        html_escape::encode_text(text)
    } else {
        Cow::Borrowed(text)
    }
}
