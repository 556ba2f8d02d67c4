//! The pages: rendered by the app's views, but for an order's, which is text.

use std::sync::Arc;

use app::{App, OrderPages, desk::OrderDesk, provide_desk, provide_docs, shell};
use axum::{Router, routing::get};
use leptos_axum::{LeptosRoutes as _, generate_route_list_with_exclusions};

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
    let others = ORDER_PAGE.map(str::to_owned).to_vec();
    let pages = Router::new().leptos_routes_with_context(
        state,
        generate_route_list_with_exclusions(App, Some(others)),
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
