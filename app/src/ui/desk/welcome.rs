//! The desk before the first order: what is ready, and how to publish one.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState, Stats},
    ui::{
        components::{CopyButton, Icon},
        language::{counted, td_string},
        reader::locale,
    },
};

/// The desk before the first order.
#[component]
pub(super) fn Welcome(
    /// How things stand.
    stats: Option<Stats>,
) -> impl IntoView {
    let locale = locale();
    let is_connected = |ingest| {
        matches!(
            ingest,
            IngestState::Idle | IngestState::Receiving | IngestState::Stalled
        )
    };
    let has_channel = stats
        .as_ref()
        .is_some_and(|stats| is_connected(stats.ingest));
    let has_database = stats
        .as_ref()
        .is_some_and(|stats| stats.database == DatabaseState::Up);
    let received = stats.as_ref().map_or(0, |stats| stats.received);
    let received = usize::try_from(received).unwrap_or(usize::MAX);
    let channel = stats.map(|stats| stats.channel).unwrap_or_default();
    let is_ready = if has_channel && has_database {
        td_string!(locale, welcome.ready)
    } else {
        td_string!(locale, welcome.not_ready)
    };
    let first = td_string!(locale, welcome.first, channel = SLOT);
    let connected = if has_channel {
        td_string!(locale, welcome.listening, channel = SLOT)
    } else {
        td_string!(locale, welcome.connecting, channel = SLOT)
    };
    let database = if has_database {
        td_string!(locale, welcome.database_up)
    } else {
        td_string!(locale, welcome.database_away)
    };
    let each_line = td_string!(locale, welcome.each_line, address = SLOT);

    view! {
        <div class="page page--narrow welcome">
            <div class="prose">
                <h2 id="found">{td_string!(locale, welcome.heading)}</h2>
                <p>
                    {is_ready} " " {with_code(&first, &channel)}
                </p>
            </div>
            <section class="card" aria-labelledby="ready">
                <div class="card__head">
                    <h3 id="ready">{td_string!(locale, welcome.ready_to_receive)}</h3>
                </div>
                <ul class="steps">
                    <Step name="NATS Streaming" is_done=has_channel>
                        {with_code(&connected, &channel)}
                    </Step>
                    <Step name="PostgreSQL" is_done=has_database>
                        {database}
                    </Step>
                    <Step
                        name=td_string!(locale, welcome.first_order)
                        is_done=false
                        caption=counted!(locale, count.messages, received)
                    >
                        {td_string!(locale, welcome.waiting)}
                    </Step>
                </ul>
            </section>
            <section class="stack" aria-labelledby="publish">
                <h3 id="publish">{td_string!(locale, welcome.publish)}</h3>
                <ol class="howto">
                    <Command
                        title=td_string!(locale, welcome.made_up)
                        what=td_string!(locale, welcome.made_up_what)
                        line="make publish ARGS=\"--count 1\""
                    />
                    <Command
                        title=td_string!(locale, welcome.own)
                        what=td_string!(locale, welcome.own_what)
                        line="make publish ARGS=\"--file model.json\""
                    />
                    <Command
                        title=td_string!(locale, welcome.stream)
                        what=td_string!(locale, welcome.stream_what)
                        line="make publish ARGS=\"--count 10000 --rate 200\""
                    />
                </ol>
                <p class="quiet">
                    {with_code(&each_line, "/orders/")}
                </p>
            </section>
        </div>
    }
}

/// Where a value goes into a sentence: no sentence has this letter.
const SLOT: char = '\u{0}';

/// A sentence with `value` in its slot, as a machine wrote it.
fn with_code(sentence: &str, value: &str) -> impl IntoView + use<> {
    let (before, after) = sentence.split_once(SLOT).unwrap_or((sentence, ""));
    let (before, value, after) = (before.to_owned(), value.to_owned(), after.to_owned());
    view! {
        {before}
        <span class="code">{value}</span>
        {after}
    }
}

/// One thing that has to be there before orders can come.
#[component]
fn Step(
    name: &'static str,
    is_done: bool,
    #[prop(optional, into)] caption: String,
    children: Children,
) -> impl IntoView {
    view! {
        <li class:is-waiting=!is_done>
            <Icon name=if is_done { "check-ring" } else { "ring" } />
            <span>
                <strong>{name}</strong>
                <span class="quiet">{children()}</span>
            </span>
            <span class="caption">{caption}</span>
        </li>
    }
}

/// A command to copy.
#[component]
fn Command(title: &'static str, what: &'static str, line: &'static str) -> impl IntoView {
    view! {
        <li>
            <h4>{title}</h4>
            <div class="command">
                <code tabindex="0" role="region" aria-label=what>
                    {line}
                </code>
                <CopyButton value=line what />
            </div>
        </li>
    }
}
