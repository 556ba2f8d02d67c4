//! `/orders/{uid}`: everything of one order.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Failure, NotFound, not_found::NothingHere};
use crate::{
    error::Error,
    ui::{
        components::{
            CopyButton, Icon, ItemsTable, OrderDelivery, OrderFields, OrderPayment, OrderPreview,
            OrderSummaryStrip, OrderWalk, OrderWay, PageTitle, RelatedOrders, SourceBlock,
        },
        context::desk_from_context,
        desk::Question,
        format::links,
        language::td_string,
        opened::{Kindred, Opened},
        rail::{KeptOrder, Remember},
        reader::locale,
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
    let list = Memo::new(move |_| query.with(|query| Question::behind(query)));
    let answer = Resource::new_blocking(
        move || (uid.get(), list.get()),
        |(uid, list)| async move {
            let answer = match (uid.parse(), desk_from_context()) {
                (Ok(uid), Ok(desk)) => Opened::find(&*desk, &uid, &list).await,
                (Err(_), _) => Err(Error::NotFound),
                (_, Err(error)) => Err(error),
            };
            (uid, answer)
        },
    );
    let locale = locale();
    let page = move || {
        let (show_all, list) = (show_all.get(), list.get());
        Suspend::new(async move {
            match answer.await {
                (uid, Ok(opened)) => view! { <OrderView uid opened list show_all /> }.into_any(),
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
fn OrderView(uid: String, opened: Opened, list: Question, show_all: bool) -> impl IntoView {
    let locale = locale();
    let Opened {
        record,
        neighbours,
        of_customer,
        of_track,
    } = opened;
    let stored_at = record.stored_at;
    let order = orders::parse(record.document.as_bytes(), usize::MAX).ok();
    let json_href = links::order_json(&uid);
    let preview = order
        .clone()
        .map(|order| view! { <OrderPreview order stored_at /> });
    let kept = order.as_ref().map(|order| KeptOrder {
        uid: uid.clone(),
        name: order.delivery.name.chars().take(80).collect(),
    });
    let document = record.document.clone();
    let parts = match order {
        Some(order) => {
            let all_href = with_all_items(&list.order_address(&uid));
            view! {
                <OrderSummaryStrip order=order.clone() stored_at />
                <div class="split">
                    <div class="stack">
                        <ItemsTable order=order.clone() all_href show_all />
                        <OrderPayment order=order.clone() />
                        <SourceBlock document />
                    </div>
                    <div class="stack">
                        <OrderDelivery order=order.clone() />
                        <OrderWay record />
                        {related(td_string!(locale, beside.same_customer), "related-customer", of_customer)}
                        {related(td_string!(locale, beside.same_track), "related-track", of_track)}
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
        {preview}
        {kept.map(|order| view! { <Remember order /> })}
        <main class="page page--order" id="main" tabindex="-1">
            <OrderWalk list neighbours />
            <header class="title">
                <div>
                    <p class="slip print-only">{td_string!(locale, order.slip)}</p>
                    <p class="title__kicker">{td_string!(locale, fields.order)}</p>
                    <h1>
                        <span class="code">{uid.clone()}</span>
                        <CopyButton value=uid.clone() what=td_string!(locale, order.what_uid) />
                    </h1>
                </div>
                <div class="row title__actions">
                    <CopyButton address=links::order_page(&uid) what=td_string!(locale, beside.what_link) word=td_string!(locale, beside.copy_link) />
                    <a class="button" href=json_href download=format!("{uid}.json")>
                        <Icon name="download" />
                        "JSON"
                    </a>
                    <button class="button script-only" type="button" data-print="">
                        <Icon name="printer" />
                        {td_string!(locale, order.print)}
                    </button>
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

/// Other orders that share a value, where there are some.
fn related(title: &'static str, id: &'static str, kindred: Option<Kindred>) -> impl IntoView {
    kindred.map(|Kindred { query, others }| {
        view! { <RelatedOrders title id query orders=others.orders found=others.found /> }
    })
}

/// The address of an order's page with every item.
fn with_all_items(address: &str) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    format!("{address}{separator}items=all")
}
