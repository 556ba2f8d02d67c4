//! The account of every message: what was published equals what became of it.

use leptos::prelude::*;

use crate::{
    desk::Stats,
    ui::{components::Icon, format::number::grouped},
};

/// The account.
#[component]
pub fn Ledger(
    /// How things stand.
    stats: Stats,
) -> impl IntoView {
    let dealt_with = stats.stored + stats.repeats + stats.conflicts + stats.rejected;
    let missing = stats.missing;
    let forgotten = stats.forgotten.unwrap_or_default();
    let waiting = stats
        .lag
        .map(|lag| lag.saturating_sub(missing.unwrap_or_default()));
    let published = stats.lag.map(|lag| dealt_with + lag);
    let known = |number: Option<u64>| number.map_or_else(|| "not known".to_owned(), grouped);
    let (class, icon, sentence) = match missing {
        Some(0) if forgotten == 0 => (
            "check",
            "check-ring",
            "The account closes: every message that the channel holds has a known fate, or waits for its turn.".to_owned(),
        ),
        Some(0) => (
            "check check--off",
            "warning",
            format!("The channel dropped {} messages before they could be dealt with.", grouped(forgotten)),
        ),
        Some(missing) => (
            "check check--off",
            "warning",
            format!(
                "{} messages were passed over without being dealt with. `orderdesk verify` names their sequences.",
                grouped(missing)
            ),
        ),
        None => (
            "check check--off",
            "warning",
            "What the channel holds cannot be seen now, so whether something is missing cannot be said.".to_owned(),
        ),
    };
    let missing_class = match missing {
        Some(0) => "is-zero",
        Some(_) => "is-missing",
        None => "",
    };
    let aside = (stats.in_quarantine > 0).then(|| {
        view! {
            <a class="push" href="/rejected">
                {format!("See {} kept aside", grouped(stats.in_quarantine))}
            </a>
        }
    });
    view! {
        <section class="card" aria-labelledby="account">
            <div class="card__head">
                <h2 id="account">"Account of every message"</h2>
                <span class="caption">{format!("channel {}", stats.channel)}</span>
            </div>
            <dl class="ledger">
                <div>
                    <dt>"Stored"</dt>
                    <dd>{grouped(stats.stored)}</dd>
                </div>
                <div>
                    <dt>"Repeats"</dt>
                    <dd data-op="+">{grouped(stats.repeats)}</dd>
                </div>
                <div>
                    <dt>"Conflicts"</dt>
                    <dd data-op="+">{grouped(stats.conflicts)}</dd>
                </div>
                <div>
                    <dt>"Rejected"</dt>
                    <dd data-op="+">{grouped(stats.rejected)}</dd>
                </div>
                <div>
                    <dt>"Waiting"</dt>
                    <dd data-op="+">{known(waiting)}</dd>
                </div>
                <div class=missing_class>
                    <dt>"Missing"</dt>
                    <dd data-op="+">{known(missing)}</dd>
                </div>
                <div>
                    <dt>"Published"</dt>
                    <dd data-op="=">{known(published)}</dd>
                </div>
            </dl>
            <div class="card__foot">
                <p class=class>
                    <Icon name=icon />
                    <span>{sentence}</span>
                </p>
                {aside}
            </div>
        </section>
    }
    .into_any()
}
