//! What a single setting's type cannot check.

use std::time::Duration;

use bytesize::ByteSize;

use super::{Auth, Config, SecretUrl};

/// A setting that cannot be used. Each problem is one sentence that names the
/// variable.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct InvalidConfig(pub Vec<String>);

impl Config {
    /// Checks what a single value's type cannot.
    ///
    /// # Errors
    /// Every problem there is, not only the first.
    pub fn validate(&self) -> Result<(), InvalidConfig> {
        let mut problems = Vec::new();
        if !self.listen_addr.ip().is_loopback() && self.auth != Some(Auth::None) {
            problems.push(format!(
                "LISTEN_ADDR={} would let everyone on that network read customers' data: listen on \
                 127.0.0.1 or [::1], or set AUTH=none to say that this is meant",
                self.listen_addr
            ));
        }
        problems.extend(self.command_problems());
        if self.ingest_batch_latency > Duration::from_secs(1) {
            problems.push("INGEST_BATCH_LATENCY cannot be used: 0 to 1s is allowed".to_owned());
        }
        if self.shutdown_timeout < Duration::from_secs(1)
            || self.shutdown_timeout > Duration::from_mins(10)
        {
            problems.push("SHUTDOWN_TIMEOUT cannot be used: 1s to 10m is allowed".to_owned());
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InvalidConfig(problems))
        }
    }

    /// Checks only what commands beside the service use: where PostgreSQL and
    /// NATS Streaming are, and what is taken as an order.
    ///
    /// # Errors
    /// Every problem there is, not only the first.
    pub fn validate_for_commands(&self) -> Result<(), InvalidConfig> {
        let problems = self.command_problems();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InvalidConfig(problems))
        }
    }

    fn command_problems(&self) -> Vec<String> {
        let mut problems = self.connection_problems();
        if self.max_order_bytes.as_u64() == 0 || self.max_order_bytes > ByteSize::mib(64) {
            problems.push(format!(
                "MAX_ORDER_BYTES={} cannot be used: 1B to 64MiB is allowed",
                self.max_order_bytes
            ));
        }
        problems
    }

    fn connection_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        check_url(
            &mut problems,
            "DATABASE_URL",
            &self.database_url,
            &["postgres", "postgresql"],
        );
        check_url(&mut problems, "STAN_URL", &self.stan_url, &["nats"]);
        if self.stan_url.expose().contains('[') {
            problems.push(
                "STAN_URL cannot be used: the client takes no IPv6 address; give a name".to_owned(),
            );
        }
        check_url(
            &mut problems,
            "STAN_MONITOR_URL",
            &self.stan_monitor_url,
            &["http"],
        );
        for (variable, value) in [
            ("STAN_CLUSTER", &self.stan_cluster),
            ("STAN_CLIENT_ID", &self.stan_client_id),
        ] {
            if value.is_empty()
                || !value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            {
                problems.push(format!(
                    "{variable}={value:?} cannot be used: letters, digits, - and _ are allowed"
                ));
            }
        }
        if self.stan_durable.is_empty()
            || self
                .stan_durable
                .contains(|c: char| c == ':' || c.is_whitespace())
        {
            problems.push(format!(
                "STAN_DURABLE={:?} cannot be used: it needs a name without white space or colons",
                self.stan_durable
            ));
        }
        if !is_channel_name(&self.stan_channel) {
            problems.push(format!(
                "STAN_CHANNEL={:?} is no channel name: words of printable characters joined by dots, \
                 without white space, * and >",
                self.stan_channel
            ));
        }
        problems
    }
}

fn check_url(problems: &mut Vec<String>, variable: &str, url: &SecretUrl, schemes: &[&str]) {
    if let Err(problem) = url.check(schemes) {
        problems.push(format!("{variable} cannot be used: {problem}"));
    }
}

/// The rule of NATS Streaming for channels: a NATS subject without wildcards.
fn is_channel_name(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|word| !word.is_empty())
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '*' | '>'))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::config::Config;

    fn problems(arguments: &[&str]) -> String {
        let config =
            Config::try_parse_from([&["orderdesk"], arguments].concat()).expect("clap takes it");
        config
            .validate()
            .map_or_else(|invalid| invalid.to_string(), |()| String::new())
    }

    #[test]
    fn defaults_are_valid() {
        assert_eq!(problems(&[]), "");
    }

    #[test]
    fn the_world_needs_asking() {
        assert!(problems(&["--listen-addr", "0.0.0.0:8080"]).contains("AUTH=none"));
        assert_eq!(
            problems(&["--listen-addr", "0.0.0.0:8080", "--auth", "none"]),
            ""
        );
        assert_eq!(problems(&["--listen-addr", "[::1]:0"]), "");
    }

    #[test]
    fn every_problem_names_its_variable_and_hides_secrets() {
        let said = problems(&[
            "--database-url",
            "mysql://u:hunter2@h/d",
            "--stan-channel",
            "a..b",
            "--stan-url",
            "nonsense",
        ]);
        for variable in ["DATABASE_URL", "STAN_CHANNEL", "STAN_URL"] {
            assert!(said.contains(variable), "{said}");
        }
        assert!(!said.contains("hunter2"), "{said}");
    }
}
