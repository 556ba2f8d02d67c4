//! What is known of a rejected message.

use leptos::prelude::*;
use orders::RejectedSummary;

use super::{Fact, Moment};
use crate::{
    desk::Place,
    ui::format::{links, moment::date_time_seconds, number::grouped, printable},
};

/// What is known of a rejected message.
#[component]
pub fn RejectedFacts(
    /// The message.
    summary: RejectedSummary,
    /// Where its fault is, where that is one place.
    place: Option<Place>,
) -> impl IntoView {
    let place = place.map(|place| {
        let text = format!(
            "line {}, column {}, byte {}",
            grouped(place.line),
            grouped(place.column),
            grouped(place.byte)
        );
        view! { <Fact term="Place" value=text /> }
    });
    let order = summary.order_uid.map(|uid| {
        let href = Some(links::order_page(&uid));
        view! { <Fact term="Order" value=printable(&uid) what="order uid" code=true href=href /> }
    });
    view! {
        <section class="card" aria-labelledby="facts">
            <div class="card__head">
                <h2 id="facts">"What is known"</h2>
            </div>
            <div class="card__body">
                <dl class="facts">
                    {place}
                    {order}
                    <Fact term="Channel" value=summary.channel code=true />
                    <Fact term="Sequence" value=summary.sequence.to_string() />
                    <div class="facts__row">
                        <dt>"Came"</dt>
                        <dd>
                            <span>
                                <Moment
                                    at=summary.published_at
                                    text=date_time_seconds(summary.published_at)
                                /> " UTC"
                            </span>
                        </dd>
                    </div>
                    <div class="facts__row">
                        <dt>"Set aside"</dt>
                        <dd>
                            <span>
                                <Moment
                                    at=summary.rejected_at
                                    text=date_time_seconds(summary.rejected_at)
                                /> " UTC"
                            </span>
                        </dd>
                    </div>
                </dl>
            </div>
        </section>
    }
    .into_any()
}
