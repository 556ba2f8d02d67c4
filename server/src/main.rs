//! The binary `orderdesk`: reads its configuration and runs the service.

use std::process::ExitCode;

use clap::Parser as _;
use orderdesk::{config::Config, run, telemetry};

fn main() -> ExitCode {
    let config = Config::parse();
    if let Err(invalid) = config.validate() {
        eprintln!("{invalid}");
        return ExitCode::from(2);
    }
    if let Err(problem) = telemetry::init(&config) {
        eprintln!("{problem}");
        return ExitCode::from(2);
    }
    match run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
