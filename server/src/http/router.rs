//! Which path leads where, and what every answer carries.

use std::{any::Any, sync::Arc};

use app::{desk::OrderDesk, provide_desk, shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, OriginalUri, State},
    http::{Request, StatusCode},
    middleware,
    response::{IntoResponse as _, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate as _, SizeAbove},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    HttpState,
    assets::assets,
    decide, desk, export,
    front::Front,
    health, live, metrics, openapi, orders, original,
    pages::pages,
    problem::Problem,
    rejected,
    request_log::{self, RequestNumbers},
    same_site, standing, stats,
};

/// The largest request body, in bytes: nothing that is posted here is long.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Answers shorter than this, in bytes, are not worth compressing.
pub(super) const COMPRESS_ABOVE: u16 = 1_400;

/// The routes for programs. Each is described where it is handled, and there
/// alone is its address written.
pub(super) fn described_routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::with_openapi(openapi::whole())
        .routes(routes!(orders::list))
        .routes(routes!(export::export))
        .routes(routes!(orders::get))
        .routes(routes!(rejected::list))
        .routes(routes!(decide::replay_all))
        .routes(routes!(rejected::get))
        .routes(routes!(rejected::actions))
        .routes(routes!(decide::replay))
        .routes(routes!(decide::discard))
        .routes(routes!(live::live))
        .routes(routes!(stats::stats))
        .routes(routes!(stats::history))
        .routes(routes!(openapi::openapi))
        .routes(routes!(original::check))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(metrics::metrics))
}

/// Everything that is served.
pub fn router(state: HttpState) -> Front {
    let (api, _) = described_routes().split_for_parts();
    let compress = DefaultPredicate::new()
        .and(SizeAbove::new(COMPRESS_ABOVE))
        .and(NotForContentType::const_new("application/octet-stream"));
    let metrics = Arc::clone(&state.metrics);
    let numbers = RequestNumbers::default();
    let (finder, counted) = (state.finder.clone(), Arc::clone(&state.metrics));
    let router = Router::new()
        .merge(api)
        .merge(pages(&state))
        .merge(desk::parts())
        .merge(assets(&state.leptos))
        .method_not_allowed_fallback(wrong_method)
        .fallback(not_found)
        .with_state(state)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn_with_state(
                    (metrics, numbers.clone()),
                    request_log::log,
                ))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(middleware::from_fn(standing::add))
                .layer(
                    // At the usual level a page costs several times as much to compress as
                    // to make, for a thousand bytes less.
                    CompressionLayer::new()
                        .quality(CompressionLevel::Fastest)
                        .compress_when(compress),
                )
                .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
                .layer(middleware::from_fn(same_site::refuse_others)),
        );
    Front::new(router, finder, &counted.http, numbers)
}

async fn wrong_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "This address takes other methods; the Allow header names them.",
    )
}

pub(super) fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "body-too-large",
        format!("The body is longer than {MAX_BODY_BYTES} bytes."),
    )
}

/// What no route takes: a problem for programs, a page for people, a file of
/// the site where there is one.
async fn not_found(
    State(state): State<HttpState>,
    uri: OriginalUri,
    request: Request<axum::body::Body>,
) -> Response {
    let path = uri.path();
    if path.starts_with("/api/") || matches!(path, "/api" | "/check") {
        return Problem::new(
            StatusCode::NOT_FOUND,
            "no-such-address",
            "There is nothing at this address.",
        )
        .into_response();
    }
    let desk: Arc<dyn OrderDesk> = Arc::clone(&state.service) as Arc<dyn OrderDesk>;
    let handler = leptos_axum::file_and_error_handler_with_context::<HttpState, _>(
        move || provide_desk(Arc::clone(&desk)),
        shell,
    );
    handler(uri.0.clone(), State(state), request).await
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request handler panicked");
    Problem::from(app::error::Error::Internal).into_response()
}
