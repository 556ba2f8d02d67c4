//! Says that the stream is lost, for as long as it is.

use leptos::prelude::*;

use super::{Icon, Moment};
use crate::ui::{
    format::moment::clock,
    live::{Link, provide_feed},
};

/// A notice while the stream is lost.
#[island]
pub fn StreamNotice() -> impl IntoView {
    let link = provide_feed(None).link;
    let notice = move || {
        let Link::Lost(since) = link.get() else {
            return None;
        };
        Some(view! {
            <div class="notice">
                <Icon name="warning" />
                <p>
                    "Stream lost"
                    {since.map(|since| view! { " at " <Moment at=since text=clock(since) /> " UTC" })}
                    ". Trying again."
                </p>
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
