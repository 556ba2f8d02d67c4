//! Parts of pages that their own scripts ask for: lists, how orders come in, an
//! order at a glance, what the palette offers.

use std::sync::Arc;

use app::{OrderDesk, render_answer, render_pace, render_palette, render_peek};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};

use super::HttpState;
use crate::desk::ServiceDesk;

/// The parts of pages that their own scripts ask for: no routes for programs.
pub fn parts() -> Router<HttpState> {
    Router::new()
        .route("/desk", get(desk))
        .route("/palette", get(palette))
        .route("/desk/pace", get(pace))
        .route("/desk/peek", get(peek))
}

/// The list that the query asks for.
async fn desk(State(desk): State<Arc<ServiceDesk>>, request: Request) -> Response {
    let desk: Arc<dyn OrderDesk> = desk;
    let (parts, _) = request.into_parts();
    let (status, html) = render_answer(desk, parts).await;
    part(status, html)
}

/// What the palette offers for what was typed into it.
async fn palette(State(desk): State<Arc<ServiceDesk>>, request: Request) -> Response {
    let desk: Arc<dyn OrderDesk> = desk;
    let (parts, _) = request.into_parts();
    let (status, html) = render_palette(desk, parts).await;
    part(status, html)
}

/// How orders come in.
async fn pace(State(desk): State<Arc<ServiceDesk>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    part(StatusCode::OK, render_pace(&*desk, parts))
}

/// The order that the query names.
async fn peek(State(desk): State<Arc<ServiceDesk>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let (status, html) = render_peek(&*desk, parts).await;
    part(status, html)
}

fn part(status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    // A part of a page is no page: nothing of it may run or load by itself.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    response
}
