//! How an order is paid: facts, figures as sent, and whether they add up.

use leptos::prelude::*;
use orders::{Money, Order, Timestamp};

use super::{CopyButton, Fact, Icon, Moment, MoneyText, Utc};
use crate::ui::{
    format::{moment::Written, number::money, sums},
    language::{counted, td_string},
    reader::locale,
};

/// How an order is paid.
#[component]
pub fn OrderPayment(
    /// The order.
    order: Order,
) -> impl IntoView {
    let locale = locale();
    let check = view! { <SumsCheck order=order.clone() /> };
    let items = order.items.len();
    let payment = order.payment;

    view! {
        <section class="card" aria-labelledby="payment">
            <div class="card__head">
                <h2 id="payment">{td_string!(locale, order.payment)}</h2>
                <span class="caption">{td_string!(locale, order.as_sent)}</span>
            </div>
            <div class="card__body ways">
                <dl class="facts no-print">
                    <Paid seconds=payment.payment_dt />
                    <Fact term=td_string!(locale, fields.provider) value=payment.provider />
                    <Fact term=td_string!(locale, fields.bank) value=payment.bank />
                    <Fact term=td_string!(locale, order.transaction) value=payment.transaction code=true />
                    <Fact term=td_string!(locale, order.request) value=payment.request_id code=true />
                </dl>
                <div class="stack stack--tight">
                    <dl class="sums">
                        <Figure
                            term=counted!(locale, order.goods, items)
                            what=td_string!(locale, beside.what_goods)
                            amount=payment.goods_total
                        />
                        <Figure
                            term=td_string!(locale, fields.delivery)
                            what=td_string!(locale, beside.what_delivery)
                            amount=payment.delivery_cost
                        />
                        <Figure
                            term=td_string!(locale, order.fee)
                            what=td_string!(locale, beside.what_fee)
                            amount=payment.custom_fee
                        />
                        <div class="sums__total">
                            <dt>{td_string!(locale, fields.amount)}</dt>
                            <dd>
                                {match payment.amount {
                                    Some(amount) => {
                                        view! {
                                            <CopyButton value=amount.as_str() what=td_string!(locale, beside.what_amount) />
                                            <MoneyText amount=Some(amount) currency=payment.currency />
                                        }
                                            .into_any()
                                    }
                                    None => empty().into_any(),
                                }}
                            </dd>
                        </div>
                    </dl>
                    {check}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Whether the figures of an order add up, as a sentence; nothing where they
/// say nothing.
#[component]
pub fn SumsCheck(
    /// The order.
    order: Order,
) -> impl IntoView {
    sums::check(&order, locale()).map(|check| {
        let (class, icon) = if check.adds_up {
            ("check no-print", "check-ring")
        } else {
            ("check check--off no-print", "warning")
        };
        view! {
            <p class=class>
                <Icon name=icon />
                <span>{check.sentence}</span>
            </p>
        }
    })
}

/// When it was paid; the number itself where it is no moment of the calendar.
#[component]
fn Paid(seconds: Option<i64>) -> impl IntoView {
    let locale = locale();
    let (term, what) = (
        td_string!(locale, order.paid),
        td_string!(locale, order.what_paid),
    );
    let Some(seconds) = seconds else {
        return view! { <Fact term value="" /> }.into_any();
    };
    let Some(moment) = Timestamp::from_unix_seconds(seconds) else {
        return view! { <Fact term value=seconds.to_string() what code=true /> }.into_any();
    };
    view! {
        <div class="facts__row">
            <dt>{term}</dt>
            <dd>
                <span>
                    <Moment at=moment written=Written::Second />
                    <Utc />
                </span>
                <CopyButton value=moment.to_string() what />
            </dd>
        </div>
    }
    .into_any()
}

/// One figure.
#[component]
fn Figure(
    #[prop(into)] term: String,
    /// What the copy button calls it.
    what: &'static str,
    amount: Option<Money>,
) -> impl IntoView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>
                {match amount {
                    Some(amount) => {
                        view! {
                            <CopyButton value=amount.as_str() what />
                            {money(locale(), &amount)}
                        }
                            .into_any()
                    }
                    None => empty().into_any(),
                }}
            </dd>
        </div>
    }
    .into_any()
}

fn empty() -> impl IntoView {
    view! { <span class="quiet">{td_string!(locale(), common.empty)}</span> }
}
