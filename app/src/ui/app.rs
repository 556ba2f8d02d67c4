//! The app: its routes. It runs on the server; in the browser only its islands
//! do.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use super::{
    context::provide_stats,
    keys::{Help, Shortcuts},
    language::td_string,
    layout::{PageActions, Topbar},
    order_page::OrderPage,
    pages::{
        DeskPage, DocsPage, KeysPage, NoSuchPage, RejectedMessagePage, RejectedPage, StatusPage,
    },
    palette::Palette,
    reader::locale,
};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_stats();
    let locale = locale();

    view! {
        <Router>
            <a class="skip" href="#main">
                {td_string!(locale, layout.skip)}
            </a>
            <Topbar />
            <Shortcuts />
            <PageActions />
            <Routes fallback=NoSuchPage>
                <Route path=path!("/") view=DeskPage ssr=SsrMode::Async />
                <Route path=path!("/wb") view=DeskPage ssr=SsrMode::Async />
                <Route path=path!("/orders") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/orders/:uid") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/api/docs") view=DocsPage ssr=SsrMode::Async />
                <Route path=path!("/keys") view=KeysPage ssr=SsrMode::Async />
                <Route path=path!("/status") view=StatusPage ssr=SsrMode::Async />
                <Route path=path!("/rejected") view=RejectedPage ssr=SsrMode::Async />
                <Route path=path!("/rejected/:id") view=RejectedMessagePage ssr=SsrMode::Async />
            </Routes>
            <Palette />
            <Help />
        </Router>
    }
    .into_any()
}
