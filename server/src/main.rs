//! The binary `orderdesk`: does what its command line asks for.

use std::process::ExitCode;

use clap::Parser as _;
use orderdesk::commands::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
