//! What the binary can be asked to do: serve, or look after what was stored.

mod rejected;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{config::Config, telemetry};

pub use rejected::RejectedArgs;
pub use verify::VerifyArgs;

/// The exit code for what could not be done because of how it was asked.
const USAGE: u8 = 2;

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "orderdesk",
    version,
    about,
    long_about = None,
    args_conflicts_with_subcommands = false
)]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in, store and show orders; what happens without a command, too
    Serve,
    /// Account for every message of the channel, and check every stored order
    Verify(VerifyArgs),
    /// Look at what is no order, try it again, or discard it
    Rejected(RejectedArgs),
}

impl Cli {
    /// Does what was asked for, and says on standard error why where it could
    /// not.
    pub fn run(self) -> ExitCode {
        match self.command.unwrap_or(Command::Serve) {
            Command::Serve => serve(self.config),
            Command::Verify(arguments) => {
                block_on(&self.config, |config| verify::run(config, arguments))
            }
            Command::Rejected(arguments) => {
                block_on(&self.config, |config| rejected::run(config, arguments))
            }
        }
    }
}

fn serve(config: Config) -> ExitCode {
    if let Err(invalid) = config.validate() {
        eprintln!("{invalid}");
        return ExitCode::from(USAGE);
    }
    if let Err(problem) = telemetry::init(&config) {
        eprintln!("{problem}");
        return ExitCode::from(USAGE);
    }
    match crate::run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command that ends by itself. An error is one on standard error, and
/// exit code 2: whatever was asked is not answered.
fn block_on<'a, F>(config: &'a Config, command: impl FnOnce(&'a Config) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<ExitCode>>,
{
    if let Err(invalid) = config.validate_for_commands() {
        eprintln!("{invalid}");
        return ExitCode::from(USAGE);
    }
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the asynchronous runtime could not be started: {error}");
            return ExitCode::from(USAGE);
        }
    };
    runtime.block_on(command(config)).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(USAGE)
    })
}
