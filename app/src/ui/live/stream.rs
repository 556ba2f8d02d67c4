//! Listens to `GET /api/live`, in the browser.
//!
//! The browser reconnects by itself and names the last event it has seen.
//! Where it gives up (the server answered with an error), the stream is opened
//! anew after [`RETRY`]. Orders are handed on at most four times a second, so
//! that a busy channel costs four renderings a second and no more.

use std::time::Duration;

use leptos::prelude::*;
use orders::{OrderSummary, RowSeq, Timestamp};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::{Feed, Link};
use crate::{desk::Stats, ui::context::now_unix_seconds};

/// How long events are collected.
const COLLECT: Duration = Duration::from_millis(250);

/// How long to wait before opening the stream anew.
const RETRY: Duration = Duration::from_secs(3);

/// The most orders that are collected; past it, lists are read again.
const MAX_COLLECTED: usize = 1000;

/// A stream that is open, or that the browser is opening.
struct Connection {
    source: EventSource,
    // The browser calls them for as long as they are held here.
    _listeners: [Closure<dyn FnMut(MessageEvent)>; 3],
    _changes: [Closure<dyn FnMut()>; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// What has come and was not yet handed on.
#[derive(Default)]
struct Inbox {
    orders: Vec<OrderSummary>,
    newest: RowSeq,
    has_missed: bool,
    is_due: bool,
}

#[derive(Clone, Copy)]
struct Listener {
    feed: Feed,
    inbox: StoredValue<Inbox, LocalStorage>,
    connection: StoredValue<Option<Connection>, LocalStorage>,
}

/// Listens to orders after row `after` for as long as the window lives.
pub(super) fn listen(feed: Feed, after: RowSeq) {
    let listener = Listener {
        feed,
        inbox: StoredValue::new_local(Inbox {
            newest: after,
            ..Inbox::default()
        }),
        connection: StoredValue::new_local(None),
    };
    listener.connect();
}

impl Listener {
    fn connect(self) {
        let Some(newest) = self.inbox.try_with_value(|inbox| inbox.newest) else {
            return;
        };
        let Ok(source) = EventSource::new(&format!("/api/live?after={newest}")) else {
            self.connect_later();
            return;
        };
        let listeners = [
            self.on_event(&source, "order", |listener, event| {
                if let Some(order) = read::<OrderSummary>(event) {
                    listener.take(order);
                }
            }),
            self.on_event(&source, "stats", |listener, event| {
                if let Some(stats) = read::<Stats>(event) {
                    listener.feed.stats.set(Some(stats));
                }
            }),
            self.on_event(&source, "reload", |listener, _| {
                listener.inbox.update_value(|inbox| inbox.has_missed = true);
                listener.hand_on_soon();
            }),
        ];
        let on_open = Closure::<dyn FnMut()>::new(move || self.feed.link.set(Link::Open));
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        let failed = source.clone();
        let on_error = Closure::<dyn FnMut()>::new(move || {
            self.feed.link.update(|link| {
                if !matches!(link, Link::Lost(_)) {
                    *link = Link::Lost(Timestamp::from_unix_seconds(now_unix_seconds()));
                }
            });
            if failed.ready_state() == EventSource::CLOSED {
                self.connect_later();
            }
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        self.connection.set_value(Some(Connection {
            source,
            _listeners: listeners,
            _changes: [on_open, on_error],
        }));
    }

    fn connect_later(self) {
        set_timeout(move || self.connect(), RETRY);
    }

    fn on_event(
        self,
        source: &EventSource,
        name: &str,
        react: impl Fn(Self, &MessageEvent) + 'static,
    ) -> Closure<dyn FnMut(MessageEvent)> {
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            react(self, &event);
        });
        // It fails only where a listener is no function.
        let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener
    }

    fn take(self, order: OrderSummary) {
        self.inbox.update_value(|inbox| {
            inbox.newest = inbox.newest.max(order.seq);
            if inbox.orders.len() < MAX_COLLECTED {
                inbox.orders.push(order);
            } else {
                inbox.has_missed = true;
            }
        });
        self.hand_on_soon();
    }

    fn hand_on_soon(self) {
        let was_due = self
            .inbox
            .try_update_value(|inbox| std::mem::replace(&mut inbox.is_due, true));
        if was_due == Some(false) {
            set_timeout(move || self.hand_on(), COLLECT);
        }
    }

    fn hand_on(self) {
        let Some((orders, has_missed)) = self.inbox.try_update_value(|inbox| {
            inbox.is_due = false;
            (
                std::mem::take(&mut inbox.orders),
                std::mem::take(&mut inbox.has_missed),
            )
        }) else {
            return;
        };
        if has_missed {
            self.feed.missed.update(|times| *times += 1);
        } else {
            self.feed.batch.set(orders);
        }
    }
}

/// The event's data; `None` if this page is older than the server's words.
fn read<T: serde::de::DeserializeOwned>(event: &MessageEvent) -> Option<T> {
    serde_json::from_str(&event.data().as_string()?).ok()
}
