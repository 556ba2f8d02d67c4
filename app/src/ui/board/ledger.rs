//! The account of every message: what was published equals what became of it.

use leptos::prelude::*;

use crate::{
    desk::Stats,
    ui::{
        components::Icon,
        format::number::grouped,
        language::{counted, td_string},
        reader::locale,
    },
};

/// The account.
#[component]
pub fn Ledger(
    /// How things stand.
    stats: Stats,
) -> impl IntoView {
    let locale = locale();
    let grouped = |number| grouped(locale, number);
    let dealt_with = stats.stored + stats.repeats + stats.conflicts + stats.rejected;
    let missing = stats.missing;
    let forgotten = stats.forgotten.unwrap_or_default();
    let waiting = stats
        .lag
        .map(|lag| lag.saturating_sub(missing.unwrap_or_default()));
    let published = stats.lag.map(|lag| dealt_with + lag);
    let known = |number: Option<u64>| {
        number.map_or_else(|| td_string!(locale, status.not_known).to_owned(), grouped)
    };
    let (class, icon, sentence) = match missing {
        Some(0) if forgotten == 0 => (
            "check",
            "check-ring",
            td_string!(locale, status.closes).to_owned(),
        ),
        Some(0) => (
            "check check--off",
            "warning",
            counted!(locale, status.dropped, forgotten),
        ),
        Some(missing) => (
            "check check--off",
            "warning",
            counted!(locale, status.passed_over, missing),
        ),
        None => (
            "check check--off",
            "warning",
            td_string!(locale, status.unseen).to_owned(),
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
                {counted!(locale, status.see_aside, stats.in_quarantine)}
            </a>
        }
    });
    view! {
        <section class="card" aria-labelledby="account">
            <div class="card__head">
                <h2 id="account">{td_string!(locale, status.account)}</h2>
                <span class="caption">{td_string!(locale, status.channel_name, channel = stats.channel)}</span>
            </div>
            <dl class="ledger">
                <div>
                    <dt>{td_string!(locale, status.stored)}</dt>
                    <dd>{grouped(stats.stored)}</dd>
                </div>
                <div>
                    <dt>{td_string!(locale, status.repeats)}</dt>
                    <dd data-op="+">{grouped(stats.repeats)}</dd>
                </div>
                <div>
                    <dt>{td_string!(locale, status.conflicts)}</dt>
                    <dd data-op="+">{grouped(stats.conflicts)}</dd>
                </div>
                <div>
                    <dt>{td_string!(locale, status.rejected)}</dt>
                    <dd data-op="+">{grouped(stats.rejected)}</dd>
                </div>
                <div>
                    <dt>{td_string!(locale, status.waiting)}</dt>
                    <dd data-op="+">{known(waiting)}</dd>
                </div>
                <div class=missing_class>
                    <dt>{td_string!(locale, status.missing)}</dt>
                    <dd data-op="+">{known(missing)}</dd>
                </div>
                <div>
                    <dt>{td_string!(locale, status.published)}</dt>
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
