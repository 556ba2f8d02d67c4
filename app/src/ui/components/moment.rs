//! A moment: short for people, exact for machines and on pointing.

use leptos::prelude::*;
use orders::Timestamp;

/// `text` with the exact moment behind it.
#[component]
pub fn Moment(
    /// The moment, exactly.
    at: Timestamp,
    /// How it is written here.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let exact = at.to_string();
    view! {
        <time datetime=exact.clone() title=exact>
            {text}
        </time>
    }
}
