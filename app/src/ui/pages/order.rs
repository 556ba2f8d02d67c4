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
            moment::{Written, write},
            number::money,
        },
        language::{counted, td_string},
        rail::{KeptOrder, Remember},
        reader::{Reader, locale},
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
    let locale = locale();
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
                        sentence=td_string!(locale, failures.order_unknown)
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
    let locale = locale();
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
                    {td_string!(locale, order.unreadable)}
                </p>
            </div>
            <SourceBlock document />
        }
        .into_any(),
    };

    view! {
        <PageTitle text=td_string!(locale, order.title, uid = uid.clone()) />
        {description.map(|description| view! { <Meta name="description" content=description /> })}
        {kept.map(|order| view! { <Remember order /> })}
        <main class="page page--order" id="main" tabindex="-1">
            <nav class="crumbs" aria-label=td_string!(locale, common.place)>
                <a href="/">
                    <Icon name="left" />
                    <span>{td_string!(locale, layout.orders)}</span>
                </a>
            </nav>
            <header class="title">
                <div>
                    <p class="slip print-only">{td_string!(locale, order.slip)}</p>
                    <p class="title__kicker">{td_string!(locale, fields.order)}</p>
                    <h1>
                        <span class="code">{uid.clone()}</span>
                        <CopyButton value=uid what=td_string!(locale, order.what_uid) />
                    </h1>
                </div>
                <div class="row title__actions">
                    <button class="button script-only" type="button" data-print="">
                        <Icon name="printer" />
                        {td_string!(locale, order.print)}
                    </button>
                    <a class="button" href=json_href rel="external">
                        <Icon name="download" />
                        "JSON"
                    </a>
                </div>
            </header>
            {parts}
            <p class="sign print-only">
                <span>{td_string!(locale, order.packed_by)}</span>
                <span>{td_string!(locale, order.checked_by)}</span>
                <span>{td_string!(locale, order.date)}</span>
            </p>
        </main>
    }
    .into_any()
}

/// The order in a sentence or two, for whoever previews the page: programs, so in
/// UTC.
fn describe(order: &Order) -> String {
    let locale = locale();
    let to = [order.delivery.name.as_str(), order.delivery.city.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let amount = order.payment.amount.as_ref().map(|amount| {
        let amount = format!("{} {}", money(locale, amount), order.payment.currency);
        amount.trim_end().to_owned()
    });
    let what: Vec<String> = [counted!(locale, count.items, order.items.len())]
        .into_iter()
        .chain(amount)
        .collect();
    let in_utc = Reader {
        locale,
        ..Reader::default()
    };
    let placed = td_string!(
        locale,
        order.placed_at,
        at = write(order.date_created, Written::Minute, &in_utc)
    );
    let sentences = [to, what.join(", "), placed];
    sentences
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .map(|sentence| format!("{sentence}."))
        .collect::<Vec<_>>()
        .join(" ")
}
