//! `/orders/{uid}`: everything of one order.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;
use orders::Order;

use super::{Failure, NotFound, not_found::NothingHere};
use crate::{
    api,
    desk::OrderRecord,
    error::Error,
    ui::{
        components::{
            CopyButton, Icon, ItemsTable, OrderDelivery, OrderFields, OrderPayment,
            OrderSummaryStrip, OrderWay, PageTitle, SourceBlock,
        },
        format::{
            links,
            moment::date_time,
            number::{count, money},
        },
        rail::{KeptOrder, Remember},
    },
};

/// One order's page.
#[component]
pub fn OrderPage() -> impl IntoView {
    let location = use_location();
    let (path, query) = (location.pathname, location.search);
    let uid =
        Memo::new(move |_| path.with(|path| query.with(|query| links::order_uid(path, query))));
    let show_all = Memo::new(move |_| {
        query.with(|query| links::query_value(query, "items").as_deref() == Some("all"))
    });
    let answer = Resource::new_blocking(
        move || uid.get(),
        |uid| async move {
            let answer = if uid.parse::<orders::OrderUid>().is_ok() {
                api::order(uid.clone()).await
            } else {
                Err(Error::NotFound)
            };
            (uid, answer)
        },
    );
    let page = move || {
        let show_all = show_all.get();
        Suspend::new(async move {
            match answer.await {
                (uid, Ok(record)) => view! { <OrderView uid record show_all /> }.into_any(),
                (uid, Err(_)) if uid.is_empty() => narrow(view! { <NothingHere /> }).into_any(),
                (uid, Err(Error::NotFound | Error::Invalid { .. })) => {
                    narrow(view! { <NotFound uid /> }).into_any()
                }
                (uid, Err(error)) => narrow(view! {
                    <Failure
                        error
                        sentence="This order is not in memory, so whether it exists cannot be said now."
                        again=links::order_page(&uid)
                    />
                })
                .into_any(),
            }
        })
    };

    view! {
        <div class="shell">
            <Transition>{page}</Transition>
        </div>
    }
    .into_any()
}

fn narrow(content: impl IntoView) -> impl IntoView {
    view! {
        <main class="page page--narrow" id="main" tabindex="-1">
            {content}
        </main>
    }
}

/// An order that is there.
#[component]
fn OrderView(uid: String, record: OrderRecord, show_all: bool) -> impl IntoView {
    let order = orders::parse(record.document.as_bytes(), usize::MAX).ok();
    let json_href = links::order_json(&uid);
    let description = order.as_ref().map(describe);
    let kept = order.as_ref().map(|order| KeptOrder {
        uid: uid.clone(),
        name: order.delivery.name.chars().take(80).collect(),
    });
    let document = record.document.clone();
    let parts = match order {
        Some(order) => {
            let all_href = format!("{}?items=all", links::order_page(&uid));
            view! {
                <OrderSummaryStrip order=order.clone() stored_at=record.stored_at />
                <div class="split">
                    <div class="stack">
                        <ItemsTable order=order.clone() all_href show_all />
                        <OrderPayment order=order.clone() />
                        <SourceBlock document />
                    </div>
                    <div class="stack">
                        <OrderDelivery order=order.clone() />
                        <OrderWay record />
                        <OrderFields order />
                    </div>
                </div>
            }
            .into_any()
        }
        None => view! {
            <div class="notice">
                <Icon name="warning" />
                <p>
                    "This document is stored, but this version of Orderdesk cannot read it as an order. It is shown as it was published."
                </p>
            </div>
            <SourceBlock document />
        }
        .into_any(),
    };

    view! {
        <PageTitle text=format!("Order {uid} · Orderdesk") />
        {description.map(|description| view! { <Meta name="description" content=description /> })}
        {kept.map(|order| view! { <Remember order /> })}
        <main class="page page--order" id="main" tabindex="-1">
            <nav class="crumbs" aria-label="Place">
                <a href="/">
                    <Icon name="left" />
                    <span>"Orders"</span>
                </a>
            </nav>
            <header class="title">
                <div>
                    <p class="slip print-only">"Packing slip"</p>
                    <p class="title__kicker">"Order"</p>
                    <h1>
                        <span class="code">{uid.clone()}</span>
                        <CopyButton value=uid what="order uid" />
                    </h1>
                </div>
                <div class="row title__actions">
                    <button class="button script-only" type="button" data-print="">
                        <Icon name="printer" />
                        "Print slip"
                    </button>
                    <a class="button" href=json_href rel="external">
                        <Icon name="download" />
                        "JSON"
                    </a>
                </div>
            </header>
            {parts}
            <p class="sign print-only">
                <span>"Packed by"</span>
                <span>"Checked by"</span>
                <span>"Date"</span>
            </p>
        </main>
    }
    .into_any()
}

/// The order in a sentence or two, for whoever previews the page.
fn describe(order: &Order) -> String {
    let to = [order.delivery.name.as_str(), order.delivery.city.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let amount = order
        .payment
        .amount
        .as_ref()
        .map_or_else(String::new, |amount| {
            format!(", {} {}", money(amount), order.payment.currency)
        });
    format!(
        "{}{}{}{}. Placed {} UTC.",
        to,
        if to.is_empty() { "" } else { ". " },
        count(order.items.len(), "item", "items"),
        amount.trim_end(),
        date_time(order.date_created)
    )
}
