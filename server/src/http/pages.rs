//! The pages: rendered by the app's views, but for an order's, which is text.

use std::sync::{Arc, OnceLock};

use app::{App, OrderPages, desk::OrderDesk, provide_desk, provide_docs, shell};
use axum::{Router, routing::get};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, generate_route_list_with_exclusions};

use super::{HttpState, openapi};

/// Where the page of an order is. It has a handler of its own.
const ORDER_PAGE: [&str; 2] = ["/orders", "/orders/{uid}"];

/// The routes of every page.
pub(super) fn pages(state: &HttpState) -> Router<HttpState> {
    let provide = {
        let desk: Arc<dyn OrderDesk> = Arc::clone(&state.service) as Arc<dyn OrderDesk>;
        move || {
            provide_desk(Arc::clone(&desk));
            provide_docs(openapi::docs());
        }
    };
    let options = state.leptos.clone();
    let pages = Router::new().leptos_routes_with_context(
        state,
        routes_of_views(),
        provide.clone(),
        move || shell(options.clone()),
    );
    let desk: Arc<dyn OrderDesk> = Arc::clone(&state.service) as Arc<dyn OrderDesk>;
    let orders = OrderPages::new(desk, state.leptos.clone(), provide);
    let order_page = get(async move |request| orders.answer(request).await);
    ORDER_PAGE
        .into_iter()
        .fold(pages, |pages, path| pages.route(path, order_page.clone()))
}

/// The routes of the pages that views render, the same for each service of this
/// process. While Leptos lists them, pages that are being rendered by any other
/// thread wait for their data for ever (leptos-rs/leptos, issue 4773): so it does
/// that once, before the first page.
fn routes_of_views() -> Vec<AxumRouteListing> {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    let others = ORDER_PAGE.map(str::to_owned).to_vec();
    ROUTES
        .get_or_init(|| generate_route_list_with_exclusions(App, Some(others)))
        .clone()
}
