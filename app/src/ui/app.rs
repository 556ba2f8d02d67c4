//! The app: its routes, and what lives as long as the window.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};

use super::{
    context::provide_today,
    layout::Topbar,
    live::Feed,
    pages::{DeskPage, NoSuchPage, OrderPage, RejectedMessagePage, RejectedPage},
};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_today();
    provide_context(Feed::new());

    view! {
        <Router>
            // The router would keep the focus where it is: the browser moves it.
            <a class="skip" href="#main" rel="external">
                "Skip to content"
            </a>
            <Topbar />
            <FocusFollowsPage />
            <Routes fallback=NoSuchPage>
                <Route path=path!("/") view=DeskPage ssr=SsrMode::Async />
                <Route path=path!("/wb") view=DeskPage ssr=SsrMode::Async />
                <Route path=path!("/orders") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/orders/:uid") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/rejected") view=RejectedPage ssr=SsrMode::Async />
                <Route path=path!("/rejected/:id") view=RejectedMessagePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
    .into_any()
}

/// Moves the focus to a page's content when the reader goes from page to page
/// in the browser, as loading the page would.
#[component]
fn FocusFollowsPage() -> impl IntoView {
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = pathname.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| super::live::browser::focus("main"));
        }
        now
    });
}
