//! The command line.

use std::{path::PathBuf, time::Duration};

use clap::Parser;

use crate::{error::Error, plan::Ratios, server_url::ServerUrl};

/// How many messages are made up when no number is given.
const DEFAULT_COUNT: u64 = 10;

/// How many messages wait for their acknowledgement at the same time. One alone
/// waits for every flush of the server's disk (400/s where 64 gave 5,000/s and
/// 256 10,000/s, on two cores); more than 256 gained nothing.
const DEFAULT_CONCURRENCY: u16 = 256;

/// Makes orders and publishes them to a NATS Streaming channel, or publishes
/// the orders of a file.
///
/// Standard output has one line for each acknowledged message that is an
/// order: its `order_uid`, a space, and its number of items. An order that is
/// sent twice prints twice; messages that are no orders print nothing. With
/// more than one thread the lines come in the order of acknowledgement.
/// Progress, warnings and totals go to standard error.
///
/// Exit code: 0 all acknowledged, 1 not all acknowledged (standard error says
/// which), 2 wrong usage or an unusable file, 130 stopped by a signal.
#[derive(Clone, Debug, Parser)]
#[command(name = "orderdesk-publish", version)]
pub struct Args {
    /// How many messages to publish, invalid ones and duplicates included
    /// [default: 10]. With --file: how many of its values, again from the
    /// start when they run out [default: each once]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub count: Option<u64>,

    /// Messages a second, evenly spaced; 0: as fast as they are acknowledged
    #[arg(long, value_name = "PER_SECOND", default_value_t = 0.0, value_parser = rate)]
    pub rate: f64,

    /// Share of messages that are no valid order, in every way there is;
    /// `0.05` or `5%`
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share, conflicts_with = "file")]
    pub invalid_ratio: f64,

    /// Share of messages that repeat an earlier order of this run, byte for
    /// byte; `0.05` or `5%`
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share, conflicts_with = "file")]
    pub duplicate_ratio: f64,

    /// Makes the same messages again: with the same count and shares, the
    /// same seed gives the same bytes [default: by chance; it is printed]
    #[arg(long, value_name = "NUMBER", conflicts_with = "file")]
    pub seed: Option<u64>,

    /// Publish the JSON values of a file (`-`: standard input), byte for byte:
    /// one value (the file as it stands), an array (each element), or one
    /// value a line (each line)
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,

    /// Publish the whole file as one message without looking at it
    #[arg(long, requires = "file")]
    pub raw: bool,

    /// How many messages may wait for their acknowledgement at the same time
    /// [default: 256; with --file: 1, which keeps the file's order]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub concurrency: Option<u16>,

    /// The channel to publish to
    #[arg(long, alias = "stan-channel", env = "STAN_CHANNEL", default_value = "updates", value_parser = subject)]
    pub channel: String,

    /// The NATS Streaming server
    #[arg(
        long,
        env = "STAN_URL",
        default_value = "nats://127.0.0.1:4222",
        hide_env_values = true
    )]
    pub stan_url: ServerUrl,

    /// The NATS Streaming cluster's id
    #[arg(long, env = "STAN_CLUSTER", default_value = "orderdesk", value_parser = subject)]
    pub stan_cluster: String,

    /// The publisher's name at the server [default: one of its own for each
    /// process]
    #[arg(long, value_name = "ID", value_parser = client_id)]
    pub client_id: Option<String>,

    /// How long to wait for a server that is not up yet
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = humantime::parse_duration)]
    pub connect_timeout: Duration,

    /// How long to send a message again (the same bytes) while its
    /// acknowledgement does not come
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = humantime::parse_duration)]
    pub retry_for: Duration,
}

impl Args {
    /// Checks what no single flag can show.
    ///
    /// # Errors
    /// Flags that do not go together, in a sentence.
    pub fn check(&self) -> Result<(), Error> {
        if self.invalid_ratio + self.duplicate_ratio > 1.0 {
            return Err(Error::Usage(
                "--invalid-ratio and --duplicate-ratio are more than 1 together".to_owned(),
            ));
        }
        Ok(())
    }

    /// How many messages to make up.
    pub fn count(&self) -> u64 {
        self.count.unwrap_or(DEFAULT_COUNT)
    }

    /// The seed that was given, or one by chance.
    pub fn seed(&self) -> u64 {
        // Short enough to be typed again.
        self.seed
            .unwrap_or_else(|| u64::from(rand::random::<u32>()))
    }

    /// The shares of messages that are no fresh orders.
    pub fn ratios(&self) -> Ratios {
        Ratios {
            invalid: self.invalid_ratio,
            duplicate: self.duplicate_ratio,
        }
    }

    /// How many publishing threads to run.
    pub fn concurrency(&self) -> u16 {
        let usual = if self.file.is_some() {
            1
        } else {
            DEFAULT_CONCURRENCY
        };
        self.concurrency.unwrap_or(usual)
    }

    /// The publisher's name at the server. No two may have the same, and the
    /// server's own `STAN_CLIENT_ID` least of all.
    pub fn client_id(&self) -> String {
        self.client_id.clone().unwrap_or_else(|| {
            let chance = rand::random::<u32>();
            format!("orderdesk-publish-{}-{chance:08x}", std::process::id())
        })
    }
}

fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = match text.strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (text, 1.0),
    };
    number
        .parse::<f64>()
        .ok()
        .map(|number| number / unit)
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a share lies between 0 and 1, or 0% and 100%".to_owned())
}

fn rate(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|rate| rate.is_finite() && *rate >= 0.0)
        .ok_or_else(|| "a rate is a number of messages a second, e.g. 200 or 0.5".to_owned())
}

fn subject(text: &str) -> Result<String, String> {
    let is_token = |token: &str| {
        !token.is_empty()
            && token.chars().all(|character| {
                !character.is_whitespace()
                    && !character.is_control()
                    && !matches!(character, '*' | '>' | '/' | '\\')
            })
    };
    if text.len() <= 255 && text.split('.').all(is_token) {
        Ok(text.to_owned())
    } else {
        Err("a name has no spaces, no *, >, / or \\, and no empty part between dots".to_owned())
    }
}

fn client_id(text: &str) -> Result<String, String> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.len() <= 128 && text.bytes().all(is_fine) {
        Ok(text.to_owned())
    } else {
        Err("a client id has letters, digits, - and _ only".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::{Args, share};

    fn accepts(flags: &[&str]) -> bool {
        Args::try_parse_from(["orderdesk-publish"].iter().chain(flags))
            .is_ok_and(|args| args.check().is_ok())
    }

    #[test]
    fn the_command_is_well_formed() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn refuses_what_cannot_be() {
        let cases: [&[&str]; 14] = [
            &["--count", "0"],
            &["--count", "-1"],
            &["--rate", "-1"],
            &["--rate", "NaN"],
            &["--invalid-ratio", "1.1"],
            &["--invalid-ratio", "0.6", "--duplicate-ratio", "0.6"],
            &["--raw"],
            &["--file", "-", "--seed", "1"],
            &["--file", "-", "--invalid-ratio", "0.1"],
            &["--concurrency", "0"],
            &["--channel", "a b"],
            &["--channel", "a.>"],
            &["--stan-url", "http://a"],
            &["--client-id", "a b"],
        ];
        for flags in cases {
            assert!(!accepts(flags), "{flags:?}");
        }
        assert!(accepts(&[
            "--count",
            "10000",
            "--invalid-ratio",
            "5%",
            "--duplicate-ratio",
            ".05"
        ]));
        assert!(accepts(&["--file", "-", "--raw", "--count", "3"]));
    }

    #[test]
    fn reads_shares_and_percent() {
        assert_eq!(share("0.05"), Ok(0.05));
        assert_eq!(share("5%"), Ok(0.05));
        assert_eq!(share("100%"), Ok(1.0));
        assert!(share("5").is_err());
        assert!(share("inf").is_err());
    }
}
