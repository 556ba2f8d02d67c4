//! The service against the real PostgreSQL and the real NATS Streaming server,
//! started on free ports by the project's own script.
//!
//! `scripts/setup.sh services` brings what they need; `make test` does so.

mod beside;
mod binary;
mod export;
mod gaps;
mod http;
mod ingest;
mod ledger;
mod live;
mod metrics;
mod openapi;
mod outage;
mod pages;
mod quarantine;
mod random;
mod readme;
mod search;
mod services;
mod streaming;
mod test_app;
mod traps;
mod trouble;
mod verify;
