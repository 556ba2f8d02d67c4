//! The publisher as a child of the tests.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, Command, Output, Stdio},
};

pub(crate) const CLUSTER: &str = "orderdesk-test";
pub(crate) const CHANNEL: &str = "updates";

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

/// Sends a signal by its name.
pub(crate) fn signal(child: &Child, name: &str) {
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
