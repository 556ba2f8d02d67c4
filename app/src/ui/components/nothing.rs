//! A list without rows says why.

use leptos::prelude::*;

use crate::ui::format::links;

/// Why there are no rows.
#[component]
pub fn Nothing(
    /// What is looked up.
    #[prop(into)]
    lookup: String,
    /// Whether the newest orders are on another page.
    is_older: bool,
) -> impl IntoView {
    let sentence = if is_older {
        "There are no orders older than these.".to_owned()
    } else if lookup.is_empty() {
        "The list is still being read. It fills by itself.".to_owned()
    } else {
        format!(
            "No order number and no track number holds “{lookup}”. \
             One that arrives will appear here by itself."
        )
    };
    view! {
        <div class="nothing">
            <p class="wrap-any">{sentence}</p>
            <a class="button" href=links::search("", None)>
                "All orders"
            </a>
        </div>
    }
    .into_any()
}
