//! What is known of a rejected message.

use leptos::prelude::*;
use orders::RejectedSummary;

use super::{Fact, Moment, Utc};
use crate::{
    desk::Place,
    ui::{
        format::{links, moment::Written, number::grouped, printable},
        language::td_string,
        reader::locale,
    },
};

/// What is known of a rejected message.
#[component]
pub fn RejectedFacts(
    /// The message.
    summary: RejectedSummary,
    /// Where its fault is, where that is one place.
    place: Option<Place>,
) -> impl IntoView {
    let locale = locale();
    let place = place.map(|place| {
        let text = td_string!(
            locale,
            rejected.place,
            line = grouped(locale, place.line),
            column = grouped(locale, place.column),
            byte = grouped(locale, place.byte)
        );
        view! { <Fact term=td_string!(locale, rejected.place_term) value=text /> }
    });
    let order = summary.order_uid.map(|uid| {
        let href = Some(links::order_page(&uid));
        let what = td_string!(locale, order.what_uid);
        view! {
            <Fact
                term=td_string!(locale, fields.order)
                value=printable(&uid)
                what
                code=true
                href=href
            />
        }
    });
    view! {
        <section class="card" aria-labelledby="facts">
            <div class="card__head">
                <h2 id="facts">{td_string!(locale, rejected.known)}</h2>
            </div>
            <div class="card__body">
                <dl class="facts">
                    {place}
                    {order}
                    <Fact term=td_string!(locale, status.channel) value=summary.channel code=true />
                    <Fact term=td_string!(locale, rejected.sequence) value=summary.sequence.to_string() />
                    <div class="facts__row">
                        <dt>{td_string!(locale, rejected.came)}</dt>
                        <dd>
                            <span>
                                <Moment at=summary.published_at written=Written::Second />
                                <Utc />
                            </span>
                        </dd>
                    </div>
                    <div class="facts__row">
                        <dt>{td_string!(locale, rejected.set_aside)}</dt>
                        <dd>
                            <span>
                                <Moment at=summary.rejected_at written=Written::Second />
                                <Utc />
                            </span>
                        </dd>
                    </div>
                </dl>
            </div>
        </section>
    }
    .into_any()
}
