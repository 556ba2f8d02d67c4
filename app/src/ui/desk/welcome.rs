//! The desk before the first order: what is ready, and how to publish one.

use leptos::prelude::*;

use crate::{
    desk::{DatabaseState, IngestState, Stats},
    ui::{
        components::{CopyButton, Icon},
        format::number::count,
    },
};

/// The desk before the first order.
#[component]
pub(super) fn Welcome(
    /// How things stand.
    stats: Option<Stats>,
) -> impl IntoView {
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
    let is_ready = has_channel && has_database;

    view! {
        <div class="page page--narrow welcome">
            <div class="prose">
                <h2 id="found">"No orders yet"</h2>
                <p>
                    {if is_ready { "Everything is ready. " } else { "Not everything is ready yet. " }}
                    "The first order published to "
                    <span class="code">{channel.clone()}</span> " will appear on this page by itself."
                </p>
            </div>
            <section class="card" aria-labelledby="ready">
                <div class="card__head">
                    <h3 id="ready">"Ready to receive"</h3>
                </div>
                <ul class="steps">
                    <Step name="NATS Streaming" is_done=has_channel>
                        {if has_channel { "Connected, listening on channel " } else { "Connecting, to listen on channel " }}
                        <span class="code">{channel}</span>
                    </Step>
                    <Step name="PostgreSQL" is_done=has_database>
                        {if has_database { "Connected, schema up to date" } else { "Away, or not up yet" }}
                    </Step>
                    <Step
                        name="First order"
                        is_done=false
                        caption=count(received, "message", "messages")
                    >
                        "Waiting for it"
                    </Step>
                </ul>
            </section>
            <section class="stack" aria-labelledby="publish">
                <h3 id="publish">"Publish the first one"</h3>
                <ol class="howto">
                    <Command title="A made-up order" what="command to publish one order" line="make publish ARGS=\"--count 1\"" />
                    <Command title="Your own, from a file" what="command to publish a file" line="make publish ARGS=\"--file model.json\"" />
                    <Command
                        title="A stream, 200 a second"
                        what="command to publish a stream"
                        line="make publish ARGS=\"--count 10000 --rate 200\""
                    />
                </ol>
                <p class="quiet">
                    "Each line the publisher prints is an order number. Open one at "
                    <span class="code">"/orders/"</span> " followed by the number."
                </p>
            </section>
        </div>
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
