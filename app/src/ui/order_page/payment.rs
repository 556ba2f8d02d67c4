//! How an order is paid: facts, figures as sent, and whether they add up.

use maud::{Markup, html};
use orders::{Money, Order, Timestamp};

use crate::ui::{
    components::{FactText, copy, moment, money_text, sums_check, utc},
    format::{moment::Written, number::money},
    language::{Locale, counted, td_string},
    reader::Reader,
};

/// How an order is paid.
pub(super) fn payment(order: &Order, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let payment = &order.payment;
    let currency = &payment.currency;
    let figures = [
        (
            counted!(locale, order.goods, order.items.len()),
            td_string!(locale, beside.what_goods),
            &payment.goods_total,
        ),
        (
            td_string!(locale, fields.delivery).to_owned(),
            td_string!(locale, beside.what_delivery),
            &payment.delivery_cost,
        ),
        (
            td_string!(locale, order.fee).to_owned(),
            td_string!(locale, beside.what_fee),
            &payment.custom_fee,
        ),
    ];
    html! {
        section class="card" aria-labelledby="payment" {
            div class="card__head" {
                h2 id="payment" { (td_string!(locale, order.payment)) }
                span class="caption" { (td_string!(locale, order.as_sent)) }
            }
            div class="card__body ways" {
                dl class="facts no-print" {
                    (paid(payment.payment_dt, reader))
                    (FactText::of(td_string!(locale, fields.provider), &payment.provider).html(locale))
                    (FactText::of(td_string!(locale, fields.bank), &payment.bank).html(locale))
                    (FactText::code(td_string!(locale, order.transaction), &payment.transaction).html(locale))
                    (FactText::code(td_string!(locale, order.request), &payment.request_id).html(locale))
                }
                div class="stack stack--tight" {
                    dl class="sums" {
                        @for (term, what, amount) in figures {
                            div {
                                dt { (term) }
                                dd {
                                    (figure(amount.as_ref(), what, locale, |amount| {
                                        html! { (money(locale, amount)) }
                                    }))
                                }
                            }
                        }
                        div class="sums__total" {
                            dt { (td_string!(locale, fields.amount)) }
                            dd {
                                (figure(
                                    payment.amount.as_ref(),
                                    td_string!(locale, beside.what_amount),
                                    locale,
                                    |amount| money_text(amount, currency, locale),
                                ))
                            }
                        }
                    }
                    @if let Some(check) = sums_check(order, locale) { (check) }
                }
            }
        }
    }
}

/// When it was paid; the number itself where it is no moment of the calendar.
fn paid(seconds: Option<i64>, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let (term, what) = (
        td_string!(locale, order.paid),
        td_string!(locale, order.what_paid),
    );
    let Some(seconds) = seconds else {
        return FactText::of(term, "").html(locale);
    };
    let Some(at) = Timestamp::from_unix_seconds(seconds) else {
        let seconds = seconds.to_string();
        let fact = FactText {
            what: Some(what),
            ..FactText::code(term, &seconds)
        };
        return fact.html(locale);
    };
    html! {
        div class="facts__row" {
            dt { (term) }
            dd {
                span {
                    (moment(at, Written::Second, reader))
                    @if let Some(utc) = utc(" ", reader) { (utc) }
                }
                (copy(&at.to_string(), what, locale))
            }
        }
    }
}

/// A figure with a button that copies it as it was sent; `what` is the button's
/// word for it.
fn figure(
    amount: Option<&Money>,
    what: &str,
    locale: Locale,
    written: impl FnOnce(&Money) -> Markup,
) -> Markup {
    html! {
        @if let Some(amount) = amount {
            (copy(amount.as_str(), what, locale))
            (written(amount))
        } @else {
            span class="quiet" { (td_string!(locale, common.empty)) }
        }
    }
}
