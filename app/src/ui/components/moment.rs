//! A moment: short for people, exact for machines and on pointing.

use leptos::prelude::*;
use maud::{Markup, html};
use orders::Timestamp;

use crate::ui::{
    format::moment::{Written, write},
    reader::{Reader, reader},
};

/// A moment in the reader's zone, with the exact one behind it.
#[component]
pub fn Moment(
    /// The moment, exactly.
    at: Timestamp,
    /// How it is written here.
    written: Written,
) -> impl IntoView {
    let exact = at.to_string();
    // Where the server wrote it the browser may know the zone better.
    let name = cfg!(feature = "ssr").then(|| written.name());
    view! {
        <time datetime=exact.clone() title=exact data-as=name>
            {write(at, written, &reader())}
        </time>
    }
}

/// The same as HTML, for what no island writes.
pub fn moment(at: Timestamp, written: Written, reader: &Reader) -> Markup {
    let exact = at.to_string();
    html! {
        time datetime=(exact) title=(exact) data-as=(written.name()) {
            (write(at, written, reader))
        }
    }
}

/// Says that a moment is in UTC, where it is.
#[component]
pub fn Utc(
    /// What stands before it.
    #[prop(default = " ")]
    lead: &'static str,
) -> impl IntoView {
    let is_utc = reader().zone.is_utc();
    is_utc.then(|| view! { <span data-utc="">{lead} "UTC"</span> })
}

/// The same as HTML, with what stands before it.
pub fn utc(lead: &str, reader: &Reader) -> Option<Markup> {
    let is_utc = reader.zone.is_utc();
    is_utc.then(|| html! { span data-utc="" { (lead) "UTC" } })
}
