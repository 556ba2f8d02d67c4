//! Where an order stands in the list that it was opened from, and the way to
//! the one before and the one after.

use leptos::prelude::*;

use super::Icon;
use crate::{
    desk::Neighbours,
    ui::{
        desk::Question,
        format::{number::grouped, printable},
        language::td_string,
        reader::locale,
    },
};

/// The way back to the list, and along it.
#[component]
pub fn OrderWalk(
    /// The list.
    list: Question,
    /// What stands beside the order there.
    neighbours: Neighbours,
) -> impl IntoView {
    let locale = locale();
    let asked = list.typed.trim().to_owned();
    let back = if asked.is_empty() {
        view! { <span>{td_string!(locale, layout.orders)}</span> }.into_any()
    } else {
        view! {
            <span>
                {td_string!(locale, beside.results)} <span class="crumbs__query">
                    " " {td_string!(locale, beside.of_search)} " " <bdi class="code">{printable(&asked)}</bdi>
                </span>
            </span>
        }
        .into_any()
    };
    let place = neighbours.place.map(|place| {
        let place = grouped(locale, place);
        let all = grouped(locale, neighbours.found.orders);
        let words = if neighbours.found.is_exact {
            td_string!(locale, beside.place_of, place = place, all = all)
        } else {
            td_string!(locale, beside.place_of_more, place = place, all = all)
        };
        view! { <span class="num nowrap">{words}</span> }
    });
    let step = |uid: Option<orders::OrderUid>, rel, icon, label| match uid {
        Some(uid) => view! {
            <a class="icon-button" href=list.order_address(uid.as_str()) rel=rel aria-label=label>
                <Icon name=icon />
            </a>
        }
        .into_any(),
        None => view! {
            <span class="icon-button" aria-hidden="true">
                <Icon name=icon />
            </span>
        }
        .into_any(),
    };
    let previous = step(
        neighbours.previous,
        "prev",
        "left",
        td_string!(locale, beside.previous),
    );
    let next = step(
        neighbours.next,
        "next",
        "right",
        td_string!(locale, beside.next),
    );
    view! {
        <nav class="crumbs" aria-label=td_string!(locale, beside.place)>
            <a href=list.address()>
                <Icon name="left" />
                {back}
            </a>
            <span class="crumbs__walk">{place} {previous} {next}</span>
        </nav>
    }
    .into_any()
}
