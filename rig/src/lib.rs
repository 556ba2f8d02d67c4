//! What harnesses stand on: PostgreSQL and NATS Streaming as the project's
//! scripts start them, and the release build of the service, each as a process
//! that ends with the run.

mod servers;
mod service;

pub use servers::{Kind, Server, free_port, signal};
pub use service::{Footprint, Service};
