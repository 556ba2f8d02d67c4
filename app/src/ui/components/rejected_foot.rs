//! Below the quarantine's rows: other pages, and replaying all that match.

use leptos::prelude::*;

use super::Icon;
use crate::{
    desk::{DEFAULT_PAGE, RejectedPage},
    ui::{
        format::{number::grouped, rejected_link::RejectedLink},
        language::{Locale, counted, td_string},
        reader::locale,
    },
};

/// The ways to other pages, and a button that replays all that match.
#[component]
pub fn RejectedFoot(
    /// What is asked for.
    link: RejectedLink,
    /// What is shown.
    page: RejectedPage,
) -> impl IntoView {
    let locale = locale();
    let shown = page.rejected.len();
    let matching: u64 = page
        .counts
        .iter()
        .filter(|(reason, _)| link.reason.is_empty() || reason.as_str() == link.reason)
        .map(|(_, messages)| messages)
        .sum();
    let newest = (!link.cursor.is_empty()).then(|| {
        view! {
            <a class="button" href=link.plain().to_string()>
                {td_string!(locale, rejected.newest)}
            </a>
        }
    });
    let next = page.next.map(|next| {
        let href = RejectedLink {
            cursor: next.to_string(),
            ..link.plain()
        };
        view! {
            <a class="button" rel="next" href=href.to_string()>
                {td_string!(locale, common.next, number = DEFAULT_PAGE)}
            </a>
        }
    });
    let is_open = matches!(link.state.as_str(), "" | "open");
    let replay = (is_open && matching > 0).then(|| replay_form(&link, matching, locale));
    view! {
        <div class="card__foot">
            {newest}
            {next}
            {replay}
            <span class="caption push">
                {td_string!(
                    locale,
                    common.shown_of,
                    number = grouped(locale, shown),
                    all = grouped(locale, matching)
                )}
            </span>
        </div>
    }
    .into_any()
}

fn replay_form(link: &RejectedLink, matching: u64, locale: Locale) -> AnyView {
    let label = if link.start.is_empty() {
        counted!(locale, rejected.replay_some, matching)
    } else {
        td_string!(locale, rejected.replay_next).to_owned()
    };
    let fields = [
        ("reason", &link.reason),
        ("from", &link.from),
        ("to", &link.to),
        ("start", &link.start),
    ]
    .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
    .collect_view();
    view! {
        <form method="post" action="/api/fn/replay_all">
            {fields}
            <button class="button" type="submit">
                <Icon name="replay" />
                {label}
            </button>
        </form>
    }
    .into_any()
}
