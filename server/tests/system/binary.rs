//! The binary as a user meets it: its words, its exit codes, its signals.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    services::{Publisher, shared, signal},
    test_app::{PATIENCE, Setting, order},
};

pub fn orderdesk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orderdesk"));
    for (name, _) in std::env::vars() {
        if name.starts_with("STAN_")
            || matches!(name.as_str(), "DATABASE_URL" | "LISTEN_ADDR" | "AUTH")
        {
            command.env_remove(name);
        }
    }
    command
}

fn fails(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = orderdesk().args(arguments).output().expect("it runs");
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

#[test]
fn a_setting_that_cannot_be_used_is_named() {
    let cases: [(&[&str], &str); 7] = [
        (&["--database-url", "nonsense"], "DATABASE_URL"),
        (&["--stan-url", "http://x"], "STAN_URL"),
        (&["--listen-addr", "nowhere"], "LISTEN_ADDR"),
        (&["--listen-addr", "0.0.0.0:0"], "AUTH=none"),
        (&["--ingest-batch-size", "0"], "INGEST_BATCH_SIZE"),
        (&["--max-order-bytes", "many"], "MAX_ORDER_BYTES"),
        (&["--stan-channel", "a.*"], "STAN_CHANNEL"),
    ];
    for (arguments, word) in cases {
        let (code, said) = fails(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains(word), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_port_in_use_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let (code, said) = fails(&["--listen-addr", &address]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("LISTEN_ADDR") && said.contains("in use"),
        "{said}"
    );
}

#[test]
fn a_wrong_password_is_said_and_not_shown() {
    let url = shared()
        .database_url
        .replace("orderdesk:orderdesk@", "orderdesk:hunter2@");
    let (code, said) = fails(&["--database-url", &url, "--listen-addr", "127.0.0.1:0"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("DATABASE_URL") && !said.contains("hunter2"),
        "{said}"
    );
}

/// The binary, running; killed when dropped.
pub struct Running {
    child: Child,
    pub url: String,
    log: Option<std::thread::JoinHandle<String>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Running {
    pub fn start(setting: &Setting) -> Self {
        let mut child = orderdesk()
            .args(setting.arguments())
            .args(["--log-format", "json"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines =
            BufReader::new(child.stderr.take().expect("standard error is piped")).lines();
        let url = loop {
            let line = lines
                .next()
                .expect("it says where it listens")
                .expect("UTF-8");
            let entry: Value = serde_json::from_str(&line).expect("a JSON line");
            if let Some(address) = entry["address"].as_str() {
                break format!("http://{address}");
            }
        };
        let log =
            std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>().join("\n"));
        Self {
            child,
            url,
            log: Some(log),
        }
    }

    pub async fn stats(&self) -> Option<Value> {
        reqwest::get(format!("{}/api/stats", self.url))
            .await
            .ok()?
            .json()
            .await
            .ok()
    }

    pub async fn wait_for(&self, what: &str, condition: impl Fn(&Value) -> bool) {
        let began = Instant::now();
        while !self.stats().await.is_some_and(|stats| condition(&stats)) {
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The names of its threads.
    pub fn threads(&self) -> Vec<String> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        let mut names: Vec<String> = tasks
            .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
            .map(|name| name.trim().to_owned())
            .collect();
        names.sort_unstable();
        names
    }

    /// The memory that it holds, in bytes.
    pub fn memory(&self) -> usize {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok())
            .expect("Linux says it");
        kilobytes * 1024
    }

    /// Sends a signal, and does not wait.
    pub fn signal(&self, name: &str) {
        signal(&self.child.id().to_string(), name);
    }

    /// Sends a signal and returns the exit code and the log.
    pub fn end(mut self, name: &str) -> (Option<i32>, String) {
        signal(&self.child.id().to_string(), name);
        let code = self.child.wait().expect("it ends").code();
        let log = self.log.take().expect("it ends once");
        (code, log.join().expect("no panic"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_stops_in_order() {
    let setting = Setting::fresh(shared()).await;
    let running = Running::start(&setting);
    running
        .wait_for("readiness", |stats| stats["ingest"] == "idle")
        .await;
    let url = running.url.clone();
    // An open stream must not hold it up.
    let stream = reqwest::get(format!("{url}/api/live"))
        .await
        .expect("a stream");
    let began = Instant::now();
    let (code, log) = running.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(began.elapsed() < Duration::from_secs(8), "{log}");
    assert!(log.contains("stopped in order"), "{log}");
    drop(stream);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_nothing_is_lost_or_doubled() {
    const ORDERS: usize = 4_000;
    let setting = Setting::fresh(shared()).await;
    let mut running = Running::start(&setting);
    running
        .wait_for("readiness", |stats| stats["ingest"] == "idle")
        .await;
    let messages: Vec<_> = (0..ORDERS)
        .flat_map(|number| {
            let order = order(&format!("crash-{number}"), "");
            // Every tenth comes twice, every tenth is followed by no order.
            let extra = match number % 10 {
                0 => Some(order.clone()),
                5 => Some(format!("broken {number}").into_bytes()),
                _ => None,
            };
            std::iter::once(order).chain(extra)
        })
        .collect();
    let total = messages.len();
    let publisher = Publisher::connect(shared(), &setting.channel);
    let publishing =
        tokio::task::spawn_blocking(move || publisher.publish_at_full_speed(&messages));
    for share in [5, 3, 2] {
        running
            .wait_for("some orders", |stats| {
                stats["received"]
                    .as_u64()
                    .is_some_and(|received| received >= (total / share) as u64)
            })
            .await;
        let (code, _) = running.end("KILL");
        assert_eq!(code, None, "killed by a signal");
        running = Running::start(&setting);
    }
    publishing.await.expect("all are taken");
    running
        .wait_for("every message", |stats| stats["received"] == total)
        .await;
    let stats = running.stats().await.expect("figures");
    for (name, expected) in [
        ("orders", ORDERS),
        ("stored", ORDERS),
        ("repeats", ORDERS / 10),
        ("rejected", ORDERS / 10),
        ("conflicts", 0),
    ] {
        assert_eq!(stats[name], expected, "{name}");
    }
    for number in (0..ORDERS).step_by(7) {
        let uid = format!("crash-{number}");
        let body = reqwest::get(format!("{}/api/orders/{uid}", running.url))
            .await
            .expect("an answer");
        assert_eq!(body.bytes().await.expect("a body"), order(&uid, ""));
    }
    // Nothing goes round for ever.
    running
        .wait_for("the lag to be gone", |stats| stats["lag"] == 0)
        .await;
    let (code, log) = running.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(
        !log.contains("TRACKcrash"),
        "the log holds no customer's data"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_stops_at_once() {
    let setting = Setting::fresh(shared()).await;
    let running = Running::start(&setting);
    running
        .wait_for("readiness", |stats| stats["ingest"] == "idle")
        .await;
    let pool = sqlx::PgPool::connect(&setting.database_url)
        .await
        .expect("PostgreSQL answers");
    let mut lock = pool.begin().await.expect("a transaction");
    sqlx::query("lock table ledger in access exclusive mode")
        .execute(&mut *lock)
        .await
        .expect("a lock");
    let publisher = Publisher::connect(shared(), &setting.channel);
    tokio::task::spawn_blocking(move || publisher.publish([order("in-hand", "")]))
        .await
        .expect("it is taken");
    running
        .wait_for("the message", |stats| stats["ingest"] == "receiving")
        .await;

    // The batch in hand cannot be committed: the first signal waits for it.
    running.signal("TERM");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    let (code, log) = running.end("TERM");
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("a second signal"), "{log}");
    assert!(began.elapsed() < Duration::from_secs(2), "{log}");
}
