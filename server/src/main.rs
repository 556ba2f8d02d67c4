//! The binary `orderdesk`: does what its command line asks for.

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;
use orderdesk::commands::Cli;

// Orders are parsed on one thread and freed on another, where the system's
// allocator spent half of ingestion's time (docs/performance).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    Cli::parse().run()
}
