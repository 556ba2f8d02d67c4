//! Listens to `GET /api/live`, in the browser: one stream for all islands of a
//! page.
//!
//! The browser reconnects by itself and names the last event it has seen.
//! Where it gives up (the server answered with an error), the stream is opened
//! anew after [`RETRY`]. Orders are handed on at most four times a second, so
//! that a busy channel costs four renderings a second and no more.

use std::{cell::RefCell, time::Duration};

use leptos::prelude::*;
use orders::{RowSeq, Timestamp};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::{Feed, Link, Standing};
use crate::ui::{context::now_unix_seconds, format::links::encode};

/// How long events are collected.
const COLLECT: Duration = Duration::from_millis(250);

/// How long to wait before opening the stream anew.
const RETRY: Duration = Duration::from_secs(3);

/// The most orders that are collected; past it, lists are read again.
const MAX_COLLECTED: usize = 1000;

/// A page with a list has an element with this attribute: its list says which
/// orders the stream tells of, so nobody opens the stream before it does.
const LIST: &str = "[data-list]";

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

/// The stream of the page.
#[derive(Default)]
struct Stream {
    feeds: Vec<Feed>,
    connection: Option<Connection>,
    /// Which orders are told of; none where no list is shown.
    query: Option<String>,
    link: Link,
    /// What has come and was not yet handed on.
    rows: Vec<RowSeq>,
    newest: RowSeq,
    has_missed: bool,
    is_due: bool,
}

thread_local! {
    static STREAM: RefCell<Stream> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Stream) -> T) -> T {
    STREAM.with_borrow_mut(act)
}

/// Tells `feed` what the stream says, for as long as the window lives.
pub(super) fn join(feed: Feed) {
    let (link, is_open) = with(|stream| {
        stream.feeds.push(feed);
        (stream.link, stream.connection.is_some())
    });
    feed.link.set(link);
    let has_list = document()
        .query_selector(LIST)
        .is_ok_and(|list| list.is_some());
    if !is_open && !has_list {
        connect();
    }
}

/// From now on the stream tells of the orders that match `query` and were
/// stored after row `after`.
pub fn tell_of(query: &str, after: RowSeq) {
    let is_same = with(|stream| {
        let is_same = stream.connection.is_some() && stream.query.as_deref() == Some(query);
        if !is_same {
            stream.connection = None;
            stream.query = Some(query.to_owned());
            stream.rows.clear();
            stream.newest = after;
        }
        is_same
    });
    if !is_same {
        connect();
    }
}

fn connect() {
    let address = with(|stream| match &stream.query {
        Some(query) => format!("/api/live?after={}&q={}", stream.newest, encode(query)),
        None => "/api/live?only=stats".to_owned(),
    });
    let Ok(source) = EventSource::new(&address) else {
        connect_later();
        return;
    };
    let listeners = [
        on_event(&source, "order", |event| {
            if let Ok(seq) = event.last_event_id().parse() {
                take(RowSeq::new(seq));
            }
        }),
        on_event(&source, "stats", |event| {
            if let Some(stats) = read::<Standing>(event) {
                tell(|feed| feed.stats.set(Some(stats)));
            }
        }),
        on_event(&source, "reload", |_| {
            with(|stream| stream.has_missed = true);
            hand_on_soon();
        }),
    ];
    let on_open = Closure::<dyn FnMut()>::new(move || set_link(Link::Open));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    let failed = source.clone();
    let on_error = Closure::<dyn FnMut()>::new(move || {
        if !matches!(with(|stream| stream.link), Link::Lost(_)) {
            set_link(Link::Lost(Timestamp::from_unix_seconds(now_unix_seconds())));
        }
        if failed.ready_state() == EventSource::CLOSED {
            connect_later();
        }
    });
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let connection = Connection {
        source,
        _listeners: listeners,
        _changes: [on_open, on_error],
    };
    with(|stream| stream.connection.replace(connection));
}

fn connect_later() {
    set_timeout(connect, RETRY);
}

fn set_link(link: Link) {
    with(|stream| stream.link = link);
    tell(|feed| feed.link.set(link));
}

fn tell(say: impl Fn(Feed)) {
    // Whoever hears may ask for another stream.
    let feeds = with(|stream| stream.feeds.clone());
    feeds.into_iter().for_each(say);
}

fn on_event(
    source: &EventSource,
    name: &str,
    react: impl Fn(&MessageEvent) + 'static,
) -> Closure<dyn FnMut(MessageEvent)> {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        react(&event);
    });
    // It fails only where a listener is no function.
    let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener
}

fn take(row: RowSeq) {
    with(|stream| {
        stream.newest = stream.newest.max(row);
        if stream.rows.len() < MAX_COLLECTED {
            stream.rows.push(row);
        } else {
            stream.has_missed = true;
        }
    });
    hand_on_soon();
}

fn hand_on_soon() {
    if !with(|stream| std::mem::replace(&mut stream.is_due, true)) {
        set_timeout(hand_on, COLLECT);
    }
}

fn hand_on() {
    let (rows, has_missed) = with(|stream| {
        stream.is_due = false;
        (
            std::mem::take(&mut stream.rows),
            std::mem::take(&mut stream.has_missed),
        )
    });
    if has_missed {
        tell(|feed| feed.missed.update(|times| *times += 1));
    } else if !rows.is_empty() {
        tell(|feed| feed.batch.set(rows.clone()));
    }
}

/// The event's data; `None` if this page is older than the server's words.
fn read<T: serde::de::DeserializeOwned>(event: &MessageEvent) -> Option<T> {
    serde_json::from_str(&event.data().as_string()?).ok()
}
