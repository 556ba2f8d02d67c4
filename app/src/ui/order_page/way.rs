//! How an order came here: published, stored.

use maud::{Markup, html};
use orders::Timestamp;

use crate::{
    desk::OrderRecord,
    ui::{
        components::{copy, moment, utc},
        format::{
            moment::{Written, span},
            number::{grouped, with_decimal_mark},
        },
        language::td_string,
        reader::Reader,
    },
};

/// The way of an order.
pub(super) fn way(record: &OrderRecord, reader: &Reader) -> Markup {
    let locale = reader.locale;
    // Two clocks are compared: theirs may be ahead of ours.
    let took = span(record.published_at, record.stored_at, locale);
    let at_once = td_string!(
        locale,
        units.milliseconds,
        number = with_decimal_mark(locale, "0.0".to_owned())
    );
    let channel = td_string!(locale, order.channel);
    html! {
        section class="card no-print" aria-labelledby="way" {
            div class="card__head" {
                h2 id="way" { (td_string!(locale, order.way)) }
                @if let Some(took) = &took {
                    span class="caption" { (td_string!(locale, order.stored_after, span = took)) }
                }
            }
            div class="card__body" {
                ol class="way" {
                    li {
                        span class="way__name" { (td_string!(locale, order.published)) }
                        span class="way__ms" { @if took.is_some() { (at_once) } }
                        span class="caption" {
                            (exact(record.published_at, Written::Second, td_string!(locale, order.what_published), reader))
                        }
                        span class="caption" {
                            (channel) " "
                            span class="value" {
                                span class="code" { (record.channel) }
                                (copy(&record.channel, channel, locale))
                            }
                            ", "
                            span class="value" {
                                (td_string!(locale, order.sequence, number = grouped(locale, record.sequence)))
                                (copy(&record.sequence.to_string(), td_string!(locale, order.what_sequence), locale))
                            }
                        }
                    }
                    li {
                        span class="way__name" { (td_string!(locale, fields.stored)) }
                        span class="way__ms" { @if let Some(took) = &took { (took) } }
                        span class="caption" {
                            (exact(record.stored_at, Written::ClockMillis, td_string!(locale, order.what_stored), reader))
                        }
                        span class="caption" { (td_string!(locale, order.row, number = grouped(locale, record.seq))) }
                    }
                }
            }
        }
    }
}

/// A moment, and a button that copies it exactly; `what` is the button's word
/// for it.
fn exact(at: Timestamp, written: Written, what: &str, reader: &Reader) -> Markup {
    html! {
        span class="value" {
            (moment(at, written, reader))
            @if let Some(utc) = utc(" ", reader) { (utc) }
            (copy(&at.to_string(), what, reader.locale))
        }
    }
}
