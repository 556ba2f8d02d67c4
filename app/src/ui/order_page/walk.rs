//! Where an order stands in the list that it was opened from, and the way to
//! the one before and the one after.

use maud::{Markup, html};
use orders::OrderUid;

use crate::{
    desk::Neighbours,
    ui::{
        components::picture,
        desk::Question,
        format::{number::grouped, printable},
        language::{Locale, td_string},
    },
};

/// The way back to the list, and along it.
pub(super) fn walk(list: &Question, neighbours: &Neighbours, locale: Locale) -> Markup {
    let asked = list.typed.trim();
    let place = neighbours.place.map(|place| {
        let place = grouped(locale, place);
        let all = grouped(locale, neighbours.found.orders);
        if neighbours.found.is_exact {
            td_string!(locale, beside.place_of, place = place, all = all)
        } else {
            td_string!(locale, beside.place_of_more, place = place, all = all)
        }
    });
    let (previous, next) = (&neighbours.previous, &neighbours.next);
    html! {
        nav class="crumbs" aria-label=(td_string!(locale, beside.place)) {
            a href=(list.address()) {
                (picture("left"))
                @if asked.is_empty() {
                    span { (td_string!(locale, layout.orders)) }
                } @else {
                    span {
                        (td_string!(locale, beside.results))
                        span class="crumbs__query" {
                            " " (td_string!(locale, beside.of_search)) " "
                            bdi class="code" { (printable(asked)) }
                        }
                    }
                }
            }
            span class="crumbs__walk" {
                @if let Some(place) = place { span class="num nowrap" { (place) } }
                (step(list, previous.as_ref(), "prev", "left", td_string!(locale, beside.previous)))
                (step(list, next.as_ref(), "next", "right", td_string!(locale, beside.next)))
            }
        }
    }
}

/// The way to an order beside; its place where there is none.
fn step(
    list: &Question,
    uid: Option<&OrderUid>,
    rel: &str,
    icon: &'static str,
    label: &str,
) -> Markup {
    html! {
        @if let Some(uid) = uid {
            a class="icon-button" href=(list.order_address(uid.as_str())) rel=(rel) aria-label=(label) {
                (picture(icon))
            }
        } @else {
            span class="icon-button" aria-hidden="true" { (picture(icon)) }
        }
    }
}
