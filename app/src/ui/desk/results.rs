//! The list that answers a question, kept up to date.

use leptos::{either::Either, html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use super::{
    attention::Attention,
    heading::Heading,
    listing::Listing,
    nothing::Nothing,
    orders_table::OrdersTable,
    pager::Pager,
    results_bar::ResultsBar,
    state::{Answer, DeskState},
    welcome::Welcome,
};
use crate::{api, ui::live::feed_from_context};

/// The list that answers a question.
#[component]
pub(super) fn Results(
    /// The question and its answer.
    answer: Answer,
) -> impl IntoView {
    let Answer { question, page, .. } = answer;
    let state = DeskState::from_context();
    let found = page.found;
    let is_live = question.is_live();
    let is_stale = question.mistake().is_some();
    let listing = RwSignal::new(Listing::new(&question.typed, page));
    let attention = Attention::new(listing.with_untracked(Listing::newest));
    if is_live {
        follow(listing, state, attention);
    }
    let heading = Memo::new({
        let question = question.clone();
        move |_| {
            let arrived = state.arrivals.with(super::listing::Arrivals::count);
            let arrived = if is_live { arrived } else { 0 };
            listing.with(|listing| Heading::of(&question, found, listing.rows().len(), arrived))
        }
    });
    let has_rows = Memo::new(move |_| heading.with(|heading| heading.shown > 0));
    let is_of_everything = question.is_of_everything();
    let feed = feed_from_context();
    let is_first_run = Memo::new(move |_| {
        let stored = feed
            .stats
            .with(|stats| stats.as_ref().map_or(0, |stats| stats.orders));
        is_live && is_of_everything && !has_rows.get() && stored == 0
    });
    let question = StoredValue::new(question);

    let table = move || {
        view! {
            <OrdersTable
                rows=Signal::derive(move || listing.with(|listing| listing.rows().to_vec()))
                question=question.get_value()
                seen=attention.seen
                on_attention=Callback::new(move |is_among| {
                    attention.is_among_rows.set(is_among);
                })
            />
        }
    };
    let nothing = move || (!is_stale).then(|| view! { <Nothing question=question.get_value() /> });
    let list = move || {
        view! {
            <ResultsBar heading listing attention is_live question=question.get_value() />
            {move || if has_rows.get() { Either::Left(table()) } else { Either::Right(nothing()) }}
            <More listing heading question=question.get_value() />
        }
    };
    move || {
        if is_first_run.get() {
            Either::Left(view! { <Welcome /> })
        } else {
            Either::Right(list())
        }
    }
}

/// Lets what arrives into the list, while that disturbs nobody.
fn follow(listing: RwSignal<Listing>, state: DeskState, attention: Attention) {
    attention.watch_scrolling(listing);
    Effect::new(move |_| {
        state
            .arrivals
            .with(|arrivals| listing.update(|listing| listing.take(arrivals)));
    });
    Effect::new(move |_| {
        let is_waiting = listing.with(|listing| listing.waiting() > 0);
        if !attention.holds() && is_waiting {
            listing.update(Listing::show);
        }
    });
}

/// The way to the rows that follow. Where it comes into view, they are added.
#[component]
fn More(
    listing: RwSignal<Listing>,
    heading: Memo<Heading>,
    question: super::Question,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let is_stale = question.mistake().is_some();
    let is_reading = RwSignal::new(false);
    let question = StoredValue::new(question);
    let read_more = move || {
        let Some(cursor) = listing.with_untracked(Listing::continued) else {
            return;
        };
        if is_reading.get_untracked() || is_stale {
            return;
        }
        is_reading.set(true);
        spawn_local(async move {
            let (typed, sort) =
                question.with_value(|asked| (asked.typed.clone(), asked.sort.clone()));
            let found = api::search(typed, Some(sort), Some(cursor.to_string()), None).await;
            is_reading.try_set(false);
            // Where it fails, the link to the next page still stands there.
            if let Ok(page) = found {
                listing.try_update(|listing| {
                    if listing.continued() == Some(cursor) {
                        listing.append(page);
                    }
                });
            }
        });
    };
    when_in_view(node, read_more);
    let pager = move || {
        let next = listing.with(Listing::next);
        (!is_stale).then(|| {
            view! { <Pager question=question.get_value() next heading=heading.get() /> }
        })
    };
    view! { <div node_ref=node>{pager}</div> }
}

/// Calls `act` each time the element comes near the window's lower edge.
fn when_in_view(node: NodeRef<html::Div>, act: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let is_in_view = entries.iter().any(|entry| {
                entry
                    .unchecked_into::<IntersectionObserverEntry>()
                    .is_intersecting()
            });
            if is_in_view {
                act();
            }
        });
        // It fails only for a callback that is no function.
        if let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let held = StoredValue::new_local((observer, seen));
            on_cleanup(move || held.with_value(|(observer, _)| observer.disconnect()));
        }
    });
}
