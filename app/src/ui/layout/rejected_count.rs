//! How many messages wait in quarantine, beside the place where they are.

use leptos::prelude::*;

use crate::ui::{
    format::number::grouped,
    live::{Standing, provide_feed},
    reader::locale,
};

/// How many messages in quarantine nobody has decided on; nothing for none.
#[island]
pub fn RejectedCount(
    /// How things stood when the page was rendered.
    stats: Option<Standing>,
) -> impl IntoView {
    let feed = provide_feed(stats);
    let locale = locale();
    let open = Memo::new(move |_| {
        feed.stats
            .with(|stats| stats.as_ref().map_or(0, |stats| stats.in_quarantine))
    });
    view! {
        <span class="count count--bad" hidden=move || open.get() == 0>
            <span class="sr-only">": "</span>
            {move || grouped(locale, open.get())}
        </span>
    }
}
