//! wrk: as many requests as go, from a fixed number of connections.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::tool::run;

/// What wrk asks for, round and round by chance: the paths of a file. Every
/// request is put together before the clock starts.
const SCRIPT: &str = r#"
local requests = {}

function init(args)
   local tail = " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\n"
   if args[3] then
      tail = tail .. "Accept-Encoding: " .. args[3] .. "\r\n"
   end
   tail = tail .. "\r\n"
   for path in io.lines(args[1]) do
      requests[#requests + 1] = "GET " .. path .. tail
   end
   math.randomseed(tonumber(args[2]))
end

function request()
   return requests[math.random(#requests)]
end

function done(summary, latency, requests)
   io.write(string.format(
      'ORDERDESK {"requests":%d,"micros":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d,"p50":%d,"p90":%d,"p99":%d,"p999":%d}\n',
      summary.requests, summary.duration, summary.errors.connect, summary.errors.read,
      summary.errors.write, summary.errors.timeout, summary.errors.status,
      latency:percentile(50), latency:percentile(90), latency:percentile(99), latency:percentile(99.9)))
end
"#;

/// What each connection is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// 2xx or 3xx, always.
    Success,
    /// 4xx or 5xx, always.
    Failure,
}

/// Threads and connections.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Threads of wrk.
    pub threads: u32,
    /// Connections in all.
    pub connections: u32,
}

impl Shape {
    /// As it is said on wrk's command line.
    pub fn name(self) -> String {
        format!("t{}c{}", self.threads, self.connections)
    }
}

/// What wrk has seen.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Seen {
    requests: u64,
    micros: u64,
    connect: u64,
    read: u64,
    write: u64,
    timeout: u64,
    status: u64,
    /// Percentiles of the time to an answer, in µs, as wrk counts: from when a
    /// connection was free to ask.
    pub p50: u64,
    /// The 99th.
    pub p99: u64,
}

impl Seen {
    /// Answers a second.
    #[expect(clippy::cast_precision_loss, reason = "counts of seconds")]
    pub fn per_second(&self) -> f64 {
        self.requests as f64 * 1e6 / self.micros as f64
    }

    /// Answers in all.
    pub const fn requests(&self) -> u64 {
        self.requests
    }
}

/// wrk with one list of paths.
pub struct Wrk {
    script: PathBuf,
    paths: PathBuf,
    raw: PathBuf,
    encoding: Option<&'static str>,
}

impl Wrk {
    /// Asks for the paths of the file `paths`, one a line. What wrk says is
    /// added to the file `raw`.
    pub fn new(dir: &Path, paths: &Path, raw: PathBuf) -> anyhow::Result<Self> {
        let script = dir.join("paths.lua");
        fs::write(&script, SCRIPT)?;
        Ok(Self {
            script,
            paths: paths.to_owned(),
            raw,
            encoding: None,
        })
    }

    /// The same asking for answers in this encoding; otherwise they come as they
    /// are.
    #[must_use]
    pub fn accepting(self, encoding: &'static str) -> Self {
        Self {
            encoding: Some(encoding),
            ..self
        }
    }

    /// Asks `url` for so long.
    ///
    /// # Errors
    /// When an answer was not as expected, or a connection failed.
    pub async fn run(
        &self,
        url: &str,
        shape: Shape,
        time: Duration,
        expect: Expect,
    ) -> anyhow::Result<Seen> {
        let mut arguments = vec![
            format!("-t{}", shape.threads),
            format!("-c{}", shape.connections),
            format!("-d{}s", time.as_secs()),
            "--latency".to_owned(),
            "--timeout".to_owned(),
            "5s".to_owned(),
            "-s".to_owned(),
            self.script.display().to_string(),
            url.to_owned(),
            "--".to_owned(),
            self.paths.display().to_string(),
            "7".to_owned(),
        ];
        arguments.extend(self.encoding.map(str::to_owned));
        let said = run("wrk", &arguments, time + Duration::from_mins(1), &self.raw).await?;
        let text = String::from_utf8_lossy(&said);
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("ORDERDESK "))
            .with_context(|| format!("wrk said no figures: {text}"))?;
        let seen: Seen = serde_json::from_str(line)?;
        if seen.requests == 0 {
            bail!("wrk had no answer from {url}");
        }
        let broken = seen.connect + seen.read + seen.write + seen.timeout;
        if broken > 0 {
            bail!("wrk: {broken} connections to {url} failed: {line}");
        }
        let expected = match expect {
            Expect::Success => 0,
            Expect::Failure => seen.requests,
        };
        if seen.status != expected {
            bail!(
                "{url}: {} of {} answers had an error's status, expected {expected}",
                seen.status,
                seen.requests
            );
        }
        Ok(seen)
    }
}
