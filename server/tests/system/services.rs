//! PostgreSQL and NATS Streaming for tests, as the project's script starts them.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use tempfile::TempDir;

/// Running servers. They stop when this is dropped, and also when the test
/// process dies, because their standard input closes then.
pub struct Services {
    pub database_url: String,
    pub stan_url: String,
    pub monitor_url: String,
    arguments: Vec<String>,
    stan_extra: String,
    ports: [u16; 3],
    folder: TempDir,
    script: Child,
    _stdin: ChildStdin,
}

/// The servers that most tests share: each has a database, a channel and a
/// client id of its own.
pub fn shared() -> &'static Services {
    static SHARED: OnceLock<Services> = OnceLock::new();
    SHARED.get_or_init(|| Services::start(&[]))
}

/// A number that no other test of this process has.
pub fn unique() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Relaxed)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .port()
}

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_owned()
}

impl Services {
    /// Starts both servers with an empty folder.
    pub fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ports = [free_port(), free_port(), free_port()];
        Self::start_in(folder, ports, arguments, "")
    }

    /// Starts NATS Streaming alone, with more flags than the project's own.
    pub fn start_nats(stan_extra: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ports = [free_port(), free_port(), free_port()];
        Self::start_in(folder, ports, &["--only", "nats"], stan_extra)
    }

    fn start_in(folder: TempDir, ports: [u16; 3], arguments: &[&str], stan_extra: &str) -> Self {
        let mut script = Command::new(workspace().join("scripts/services.sh"))
            .arg("--until-stdin-closes")
            .args(arguments)
            .env("LOCAL_DIR", folder.path())
            .env("PGPORT", ports[0].to_string())
            .env("STAN_PORT", ports[1].to_string())
            .env("STAN_MONITOR_PORT", ports[2].to_string())
            .env("STAN_EXTRA", stan_extra)
            .env("PG_FSYNC", "off")
            .env("PG_ROLE_OPTIONS", "CREATEDB")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/services.sh starts");
        let stdin = script.stdin.take().expect("standard input is piped");
        let output = script.stdout.take().expect("standard output is piped");
        let ready = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find(|line| line.starts_with("ready "))
            .expect("the servers start; their script said why not on standard error");
        let said: HashMap<&str, &str> = ready
            .split_whitespace()
            .filter_map(|word| word.split_once('='))
            .collect();
        let url = |name: &str| said.get(name).copied().unwrap_or_default().to_owned();
        Self {
            database_url: url("DATABASE_URL"),
            stan_url: url("STAN_URL"),
            monitor_url: url("STAN_MONITOR_URL"),
            arguments: arguments
                .iter()
                .map(|argument| (*argument).to_owned())
                .collect(),
            stan_extra: stan_extra.to_owned(),
            ports,
            folder,
            script,
            _stdin: stdin,
        }
    }

    /// The process id that `name`'s pid file holds.
    fn pid(&self, file: &str) -> String {
        let path = self.folder.path().join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.split_whitespace()
            .next()
            .expect("a pid file holds a pid")
            .to_owned()
    }

    /// Sends a signal to PostgreSQL's first process.
    pub fn signal_postgres(&self, signal: &str) {
        self::signal(&self.pid("postgres/postmaster.pid"), signal);
    }

    /// Sends a signal to NATS Streaming.
    pub fn signal_nats(&self, signal: &str) {
        self::signal(&self.pid("run/nats-streaming.pid"), signal);
    }

    /// Starts the same servers again, on the same ports and data.
    pub fn restart(mut self) -> Self {
        self.stop();
        let folder = std::mem::replace(
            &mut self.folder,
            tempfile::tempdir().expect("a temporary folder"),
        );
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        Self::start_in(folder, self.ports, &arguments, &self.stan_extra)
    }

    /// The same after NATS Streaming lost everything it had stored.
    pub fn restart_without_messages(mut self) -> Self {
        self.stop();
        std::fs::remove_dir_all(self.folder.path().join("nats-streaming"))
            .expect("NATS Streaming's folder");
        self.restart()
    }
}

impl Services {
    /// Stops the servers. Where one was killed, the script ended by itself.
    fn stop(&mut self) {
        if self.script.try_wait().is_ok_and(|ended| ended.is_none()) {
            signal(&self.script.id().to_string(), "TERM");
            self.script.wait().ok();
        }
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Sends `signal` to the process `pid`.
pub fn signal(pid: &str, signal: &str) {
    let sent = Command::new("kill")
        .args(["-s", signal, pid])
        .status()
        .expect("kill runs");
    assert!(sent.success(), "kill -s {signal} {pid}");
}

/// A way to publish, on a connection of its own.
#[derive(Clone)]
pub struct Publisher {
    client: Arc<stan::Client>,
    channel: String,
}

impl Publisher {
    pub fn connect(services: &Services, channel: &str) -> Self {
        let address = services.stan_url.trim_start_matches("nats://");
        let connection = nats::connect(address).expect("NATS Streaming answers");
        let id = format!("test-publisher-{}-{}", std::process::id(), unique());
        let client = stan::connect(connection, "orderdesk", &id).expect("a new client id is free");
        Self {
            client: Arc::new(client),
            channel: channel.to_owned(),
        }
    }

    /// Publishes in order; each message is acknowledged by the server.
    pub fn publish(&self, messages: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        for message in messages {
            self.client
                .publish(&self.channel, message)
                .expect("the server takes the message");
        }
    }

    /// Publishes from many threads at once, in no particular order.
    pub fn publish_at_full_speed(&self, messages: &[Vec<u8>]) {
        std::thread::scope(|scope| {
            for share in messages.chunks(messages.len().div_ceil(8).max(1)) {
                scope.spawn(move || self.publish(share));
            }
        });
    }
}
