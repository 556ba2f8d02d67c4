//! How an order came here: published, stored.

use leptos::prelude::*;

use super::Moment;
use crate::{
    desk::OrderRecord,
    ui::format::{
        moment::{clock_millis, date_time_seconds, span},
        number::grouped,
    },
};

/// The way of an order.
#[component]
pub fn OrderWay(
    /// How it came here.
    record: OrderRecord,
) -> impl IntoView {
    // Two clocks are compared: theirs may be ahead of ours.
    let took = span(record.published_at, record.stored_at);

    view! {
        <section class="card no-print" aria-labelledby="way">
            <div class="card__head">
                <h2 id="way">"Its way"</h2>
                {took
                    .clone()
                    .map(|took| {
                        view! { <span class="caption">{format!("stored after {took}")}</span> }
                    })}
            </div>
            <div class="card__body">
                <ol class="way">
                    <li>
                        <span class="way__name">"Published"</span>
                        <span class="way__ms">{took.is_some().then_some("0.0 ms")}</span>
                        <span class="caption">
                            <Moment
                                at=record.published_at
                                text=date_time_seconds(record.published_at)
                            />
                            " UTC"
                        </span>
                        <span class="caption">
                            "channel " <span class="code">{record.channel}</span>
                            {format!(", sequence {}", grouped(record.sequence))}
                        </span>
                    </li>
                    <li>
                        <span class="way__name">"Stored"</span>
                        <span class="way__ms">{took}</span>
                        <span class="caption">
                            <Moment at=record.stored_at text=clock_millis(record.stored_at) />
                            " UTC"
                        </span>
                        <span class="caption">{format!("row {}", grouped(record.seq))}</span>
                    </li>
                </ol>
            </div>
        </section>
    }
    .into_any()
}
