//! The built `orderdesk-publish` against a real NATS Streaming server.
//!
//! The server's binary is found by `NATS_STREAMING_SERVER` or on `PATH`; where
//! there is none, the tests fail and say so.

mod bad_input;
mod faults;
mod harness;
mod publishing;
mod server;
