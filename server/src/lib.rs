//! Orderdesk, the service: takes orders from NATS Streaming, stores them in
//! PostgreSQL, keeps them in memory, serves and shows them.
//!
//! The way of an order: [`ingest`] → [`store`] → [`cache`], [`search`] and [`live`] →
//! [`http`]. [`Application`] puts the parts together; nothing else does.
#![deny(missing_docs)]

mod application;
pub mod cache;
pub mod commands;
pub mod config;
pub mod desk;
pub mod history;
pub mod http;
pub mod ingest;
mod ingestion;
mod lifecycle;
pub mod live;
pub mod metrics;
pub mod quarantine;
pub mod search;
pub mod store;
pub mod telemetry;
pub mod verify;

use anyhow::Context as _;

pub use application::Application;
pub use lifecycle::Lifecycle;

use crate::config::Config;

/// Runs the service until a signal asks it to stop.
///
/// # Errors
/// What kept it from starting, or from stopping in order.
pub fn run(config: Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the asynchronous runtime could not be started")?;
    let outcome = runtime.block_on(async {
        let lifecycle = Lifecycle::new(config.shutdown_timeout);
        lifecycle.stop_on_signals()?;
        let application = Application::build(config, lifecycle).await?;
        application.run().await
    });
    // Threads of the NATS client may hang on a frozen peer; they hold nothing.
    runtime.shutdown_background();
    outcome
}
