//! A NATS Streaming server of a test's own, and the publisher as a child.

use std::{
    ffi::OsStr,
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

pub(crate) const CLUSTER: &str = "orderdesk-test";
pub(crate) const CHANNEL: &str = "updates";

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

/// The publisher, without anything from this process's environment.
pub(crate) fn publisher() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orderdesk-publish"));
    command
        .env_clear()
        .env("STAN_CLUSTER", CLUSTER)
        .env("STAN_CHANNEL", CHANNEL)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs to the end with something on standard input.
pub(crate) fn run_with_input(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .expect("the publisher starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // One that does not read to the end is judged by what it prints.
    let _ = stdin.write_all(input);
    drop(stdin);
    Ran::from(child.wait_with_output().expect("the publisher ends"))
}

/// Runs to the end.
pub(crate) fn run<S: AsRef<OsStr>>(mut command: Command, flags: &[S]) -> Ran {
    Ran::from(command.args(flags).output().expect("the publisher starts"))
}

/// What a publisher left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) lines: Vec<String>,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let stdout = String::from_utf8(output.stdout).expect("lines of text");
        Self {
            code: output.status.code(),
            lines: stdout.lines().map(str::to_owned).collect(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A publisher in the middle of its work.
pub(crate) struct Running {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    lines: Vec<String>,
}

impl Running {
    pub(crate) fn start(mut command: Command, flags: &[&str]) -> Self {
        let mut child = command.args(flags).spawn().expect("the publisher starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            stdout,
            lines: Vec::new(),
        }
    }

    /// Waits until it has printed `number` lines in all.
    pub(crate) fn wait_for_lines(&mut self, number: usize) {
        while self.lines.len() < number {
            let mut line = String::new();
            let read = self.stdout.read_line(&mut line).expect("a line");
            assert!(read > 0, "the publisher ended before line {number}");
            self.lines.push(line.trim_end_matches('\n').to_owned());
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(&self.child, name);
    }

    /// Waits until it ends.
    pub(crate) fn end(mut self) -> Ran {
        let mut rest = String::new();
        self.stdout
            .read_to_string(&mut rest)
            .expect("lines of text");
        self.lines.extend(rest.lines().map(str::to_owned));
        let output = self.child.wait_with_output().expect("the publisher ends");
        Ran {
            lines: self.lines,
            ..Ran::from(output)
        }
    }
}

fn signal(child: &Child, name: &str) {
    let done = Command::new("sh")
        .args([
            "-c",
            "kill -s \"$1\" \"$2\"",
            "sh",
            name,
            &child.id().to_string(),
        ])
        .status()
        .expect("a shell");
    assert!(done.success(), "signal {name}");
}

/// Fails if nobody listens there within the tests' patience.
pub(crate) fn wait_for_port(port: u16) {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "nobody listens on port {port}");
        thread::sleep(Duration::from_millis(20));
    }
}
