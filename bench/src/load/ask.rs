//! One connection that asks, waits for the answer, and asks again.

use std::time::Duration;

use anyhow::Context as _;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection that asks, waits for the answer, and asks again.
pub struct Asker {
    agent: ureq::Agent,
    url: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers, in their order.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Asker {
    /// Asks the server at `url`, which has no slash at its end.
    pub fn new(url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections_per_host(1)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.new_agent(),
            url: url.to_owned(),
        }
    }

    /// Asks for `path`.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.get_as(path, "identity")
    }

    /// Asks for `path` in this encoding.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub fn get_as(&self, path: &str, encoding: &str) -> anyhow::Result<Answer> {
        let url = format!("{}{path}", self.url);
        let answer = self.agent.get(&url).header("accept-encoding", encoding);
        let mut answer = answer.call().with_context(|| format!("GET {url}"))?;
        let headers = answer.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Ok(Answer {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: answer.body_mut().read_to_vec()?,
        })
    }
}
