//! What the machine could do: processes that do nothing but the one thing.

pub mod commit;
pub mod http;
pub mod pipeline;

use clap::Subcommand;

/// Which reference.
#[derive(Clone, Debug, Subcommand)]
pub enum ReferenceCommand {
    /// A bare axum handler with one constant answer
    Http(http::HttpArgs),
    /// NATS Streaming → `COPY` → acknowledgement, and nothing else
    Pipeline(pipeline::PipelineArgs),
}

impl ReferenceCommand {
    /// Is the reference.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Http(args) => http::serve(&args),
            Self::Pipeline(args) => pipeline::run(&args),
        }
    }
}
