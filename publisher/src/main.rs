//! `orderdesk-publish`: makes orders and publishes them.

use std::process::ExitCode;

use clap::Parser as _;
use orderdesk_publish::{Args, run};

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(ended) => ended.exit_code(),
        Err(error) => {
            eprintln!("orderdesk-publish: {error}");
            error.exit_code()
        }
    }
}
