//! A NATS Streaming server of a test's own.

use std::{
    fs::File,
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::harness::{CHANNEL, CLUSTER, publisher, signal};

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the server keeps its messages.
#[derive(Clone, Copy)]
pub(crate) enum Store {
    /// Synced files, which outlive a restart.
    File,
    /// Memory, which does not.
    Memory,
}

/// A NATS Streaming server in a folder of its own; both go when it is dropped.
pub(crate) struct Server {
    child: Option<Child>,
    folder: TempDir,
    store: Store,
    pub(crate) port: u16,
}

impl Server {
    /// Starts a server on a free port and waits until it is ready.
    pub(crate) fn start(store: Store) -> Self {
        // Someone else may take the port before the server does: try another.
        let mut last_log = String::new();
        for _ in 0..5 {
            let mut server = Self::planned(store);
            match server.try_to_go() {
                Ok(()) => return server,
                Err(log) => last_log = log,
            }
        }
        panic!("the server did not start:\n{last_log}");
    }

    /// A server that does not run yet.
    pub(crate) fn planned(store: Store) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let folder = tempfile::tempdir().expect("a folder in the temporary folder");
        Self {
            child: None,
            folder,
            store,
            port,
        }
    }

    /// Starts it, for the first time or again, and waits until it is ready.
    pub(crate) fn go(&mut self) {
        if let Err(log) = self.try_to_go() {
            panic!("the server did not start:\n{log}");
        }
    }

    /// Starts it; its log, if it ended instead.
    fn try_to_go(&mut self) -> Result<(), String> {
        let log_path = self.folder.path().join("log");
        let log = File::create(&log_path).expect("a log file");
        let mut command = Command::new(binary());
        command
            .args([
                "-a",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
                "-cid",
                CLUSTER,
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        if matches!(self.store, Store::File) {
            command
                .args(["-st", "FILE", "-mm", "0", "-mb", "0", "--dir"])
                .arg(self.folder.path().join("store"));
        }
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", binary().display()));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = std::fs::read_to_string(&log_path).expect("the log");
            if log.contains("Streaming Server is ready") {
                break;
            }
            if child.try_wait().expect("the server's state").is_some() {
                return Err(log);
            }
            assert!(Instant::now() < deadline, "the server is not ready:\n{log}");
            thread::sleep(Duration::from_millis(20));
        }
        self.child = Some(child);
        Ok(())
    }

    /// Ends it without a warning, as a crash would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("the server can be killed");
            child.wait().expect("the server has ended");
        }
    }

    /// Stops it where it is, so that it holds its connections but answers
    /// nothing.
    pub(crate) fn freeze(&self) {
        signal(self.child.as_ref().expect("it runs"), "STOP");
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The publisher, pointed at this server.
    pub(crate) fn publisher(&self) -> Command {
        let mut command = publisher();
        command.env("STAN_URL", self.url());
        command
    }

    /// The first `number` messages of the channel, in its order, and proof
    /// that no further one follows.
    pub(crate) fn messages(&self, number: usize) -> Vec<Vec<u8>> {
        let messages = self.at_least(number);
        assert_eq!(messages.len(), number, "there are more messages");
        messages
    }

    /// Every message of the channel, in its order; at least `number`.
    pub(crate) fn at_least(&self, number: usize) -> Vec<Vec<u8>> {
        let connection = nats::connect(&self.url()).expect("a connection");
        let client = stan::connect(connection, CLUSTER, "reader").expect("a session");
        let subscription = client
            .subscribe(
                CHANNEL,
                stan::SubscriptionConfig {
                    start: stan::SubscriptionStart::AllAvailable,
                    ..Default::default()
                },
            )
            .expect("a subscription");
        let next = |wait| {
            let message = subscription.next_timeout(wait).ok()?;
            message.ack().expect("an acknowledgement");
            Some(message.data)
        };
        let mut messages: Vec<_> = (0..number).map_while(|_| next(PATIENCE)).collect();
        assert_eq!(messages.len(), number, "messages are missing");
        messages.extend(std::iter::from_fn(|| next(Duration::from_millis(200))));
        messages
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("NATS_STREAMING_SERVER") {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join("nats-streaming-server"))
        .find(|file| file.is_file())
        .expect(
            "these tests need nats-streaming-server 0.25.6: put it on PATH, \
             or name it in NATS_STREAMING_SERVER (`make test` does so)",
        )
}

/// Fails if nobody listens there within the tests' patience.
pub(crate) fn wait_for_port(port: u16) {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "nobody listens on port {port}");
        thread::sleep(Duration::from_millis(20));
    }
}
