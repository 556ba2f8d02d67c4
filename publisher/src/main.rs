//! `orderdesk-publish`: makes orders and publishes them.

use std::process::ExitCode;

use clap::Parser as _;
use orderdesk_publish::{Args, run, say::say};

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(ended) => ended.exit_code(),
        Err(error) => {
            say(&format!("orderdesk-publish: {error}"));
            error.exit_code()
        }
    }
}
