//! HTTP: the JSON API, the live feed, the pages, and who may have what.

mod assets;
mod csv;
mod decide;
mod desk;
mod encoding;
mod export;
mod front;
mod health;
mod live;
mod metrics;
mod openapi;
mod orders;
mod original;
mod pages;
mod problem;
mod read_docs;
mod rejected;
mod request_log;
mod router;
mod same_site;
mod standing;
mod stats;

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub use front::Front;
pub use router::router;

use crate::{
    cache::Finder, desk::ServiceDesk, live::LiveFeed, metrics::Metrics, quarantine::Quarantine,
    store::Store,
};

/// What handlers work with. Cheap to clone.
#[derive(Clone, FromRef)]
pub struct HttpState {
    /// Finds single orders.
    pub finder: Finder,
    /// Everything that pages need.
    pub service: Arc<ServiceDesk>,
    /// Tells of new orders.
    pub live: Arc<LiveFeed>,
    /// The quarantine and the lists.
    pub store: Store,
    /// What operators decide.
    pub quarantine: Arc<Quarantine>,
    /// What is measured.
    pub metrics: Arc<Metrics>,
    /// How Leptos finds its files.
    pub leptos: LeptosOptions,
    /// Bounds the listeners of the live feed.
    pub listeners: Arc<Semaphore>,
    /// Ends streams, and turns `/readyz` off.
    pub stop: CancellationToken,
}
