//! Says that the stream is lost, for as long as it is.

use leptos::prelude::*;

use super::Icon;
use crate::ui::{
    format::moment::{Written, write},
    language::td_string,
    live::{Link, provide_feed},
    reader::reader,
};

/// A notice while the stream is lost.
#[island]
pub fn StreamNotice() -> impl IntoView {
    let link = provide_feed(None).link;
    let notice = move || {
        let Link::Lost(since) = link.get() else {
            return None;
        };
        let reader = reader();
        let words = match since {
            Some(since) => {
                let at = write(since, Written::Clock, &reader);
                td_string!(reader.locale, desk.stream_lost_at, at)
            }
            None => td_string!(reader.locale, desk.stream_lost).to_owned(),
        };
        Some(view! {
            <div class="notice">
                <Icon name="warning" />
                <p>{words}</p>
            </div>
        })
    };
    // The region is there before its words: only then they are read out.
    view! {
        <div class="stream-notice" role="status">
            {notice}
        </div>
    }
}
