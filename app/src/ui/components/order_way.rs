//! How an order came here: published, stored.

use leptos::prelude::*;

use super::{Moment, Utc};
use crate::{
    desk::OrderRecord,
    ui::{
        format::{
            moment::{Written, span},
            number::{grouped, with_decimal_mark},
        },
        language::td_string,
        reader::locale,
    },
};

/// The way of an order.
#[component]
pub fn OrderWay(
    /// How it came here.
    record: OrderRecord,
) -> impl IntoView {
    // Two clocks are compared: theirs may be ahead of ours.
    let locale = locale();
    let took = span(record.published_at, record.stored_at, locale);
    let at_once = td_string!(
        locale,
        units.milliseconds,
        number = with_decimal_mark(locale, "0.0".to_owned())
    );

    view! {
        <section class="card no-print" aria-labelledby="way">
            <div class="card__head">
                <h2 id="way">{td_string!(locale, order.way)}</h2>
                {took
                    .clone()
                    .map(|took| {
                        view! { <span class="caption">{td_string!(locale, order.stored_after, span = took)}</span> }
                    })}
            </div>
            <div class="card__body">
                <ol class="way">
                    <li>
                        <span class="way__name">{td_string!(locale, order.published)}</span>
                        <span class="way__ms">{took.is_some().then_some(at_once)}</span>
                        <span class="caption">
                            <Moment at=record.published_at written=Written::Second />
                            <Utc />
                        </span>
                        <span class="caption">
                            {td_string!(locale, order.channel)}
                            " "
                            <span class="code">{record.channel}</span>
                            ", "
                            {td_string!(
                                locale,
                                order.sequence,
                                number = grouped(locale, record.sequence)
                            )}
                        </span>
                    </li>
                    <li>
                        <span class="way__name">{td_string!(locale, fields.stored)}</span>
                        <span class="way__ms">{took}</span>
                        <span class="caption">
                            <Moment at=record.stored_at written=Written::ClockMillis />
                            <Utc />
                        </span>
                        <span class="caption">{td_string!(locale, order.row, number = grouped(locale, record.seq))}</span>
                    </li>
                </ol>
            </div>
        </section>
    }
    .into_any()
}
