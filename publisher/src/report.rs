//! What people and programs get to read: a line an order on standard output,
//! progress and totals on standard error.

use std::{
    collections::BTreeMap,
    fmt,
    io::{self, BufWriter, IsTerminal as _, Stdout, Write as _},
    process::ExitCode,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{message::Content, publish::Outcome, say::say, server_url::ServerUrl};

/// The pause between two looks at the terminal.
const TERMINAL_PAUSE: Duration = Duration::from_millis(50);

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every message was acknowledged, and every line printed.
    Well,
    /// A message was not acknowledged, or a line could not be printed.
    Badly,
    /// A signal stopped it before the end.
    Interrupted,
}

impl Ended {
    /// 0, 1, or 130.
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Well => 0,
            Self::Badly => 1,
            Self::Interrupted => 130,
        })
    }
}

/// A message that the server did not acknowledge.
pub struct Unacknowledged {
    /// Its index, from 0.
    pub index: u64,
    /// What it is.
    pub content: Content,
    /// Why, as far as it is known.
    pub cause: String,
}

impl fmt::Display for Unacknowledged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "message {}, ", self.index + 1)?;
        match &self.content {
            Content::Order(line) | Content::Duplicate(line) => {
                write!(formatter, "order {}", line.order_uid)?;
            }
            Content::NoOrder(reason) => write!(formatter, "no order ({reason})")?,
        }
        write!(formatter, ": {}", self.cause)
    }
}

/// What has come of a run so far.
pub struct Report {
    planned: u64,
    seed: Option<u64>,
    url: String,
    started: Instant,
    shown: Instant,
    orders: u64,
    duplicates: u64,
    no_orders: BTreeMap<&'static str, u64>,
    sent_again: u64,
    unacknowledged: Vec<Unacknowledged>,
    lines: Lines,
    bar: ProgressBar,
}

impl Report {
    /// The report of a run of `planned` messages that starts now.
    pub fn new(planned: u64, seed: Option<u64>, url: &ServerUrl) -> Self {
        let bar = ProgressBar::with_draw_target(Some(planned), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}") {
            bar.set_style(style);
        }
        Self {
            planned,
            seed,
            url: url.to_string(),
            started: Instant::now(),
            shown: Instant::now(),
            orders: 0,
            duplicates: 0,
            no_orders: BTreeMap::new(),
            sent_again: 0,
            unacknowledged: Vec::new(),
            lines: Lines::new(),
            bar,
        }
    }

    /// Notes what became of a message, and prints the order's line when it was
    /// acknowledged.
    pub fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Acknowledged {
                content,
                sent_again,
            } => {
                self.sent_again += u64::from(sent_again);
                match &content {
                    Content::Order(_) => self.orders += 1,
                    Content::Duplicate(_) => self.duplicates += 1,
                    Content::NoOrder(reason) => {
                        *self.no_orders.entry(reason.as_str()).or_default() += 1;
                    }
                }
                if let Some(line) = content.line() {
                    self.lines.add(line);
                }
            }
            Outcome::Unacknowledged(message) => self.unacknowledged.push(message),
        }
    }

    /// Brings what was noted before people's eyes. On a terminal that is not
    /// more often than they can see.
    pub fn show(&mut self) {
        if self.lines.are_on_the_terminal {
            if self.shown.elapsed() < TERMINAL_PAUSE {
                return;
            }
            self.shown = Instant::now();
        }
        self.show_now();
    }

    fn show_now(&mut self) {
        let published = self.published();
        if self.lines.are_on_the_terminal {
            self.bar.suspend(|| self.lines.flush());
        } else {
            self.lines.flush();
        }
        self.bar.set_position(published);
    }

    /// Tells people something.
    pub fn note(&self, text: &str) {
        self.bar
            .suspend(|| say(&format!("orderdesk-publish: {text}")));
    }

    /// Prints the totals, and what was not acknowledged.
    pub fn finish(mut self, interrupted: bool) -> Ended {
        self.show_now();
        self.bar.finish_and_clear();
        say(&self.to_string());
        if let Some(error) = &self.lines.failure {
            say(&format!(
                "orderdesk-publish: the list of orders could not be written: {error}"
            ));
        }
        let missing = self.unacknowledged.len() as u64;
        let unsent = self.planned.saturating_sub(self.published() + missing);
        if missing > 0 {
            self.unacknowledged.sort_by_key(|message| message.index);
            for message in &self.unacknowledged {
                say(&format!("not acknowledged: {message}"));
            }
            say(&format!(
                "orderdesk-publish: {}",
                self.advice(missing, unsent)
            ));
        }
        if missing > 0 || self.lines.failure.is_some() {
            Ended::Badly
        } else if unsent == 0 {
            Ended::Well
        } else if interrupted {
            say(&format!(
                "orderdesk-publish: stopped; not sent: {}",
                counted(unsent, "message")
            ));
            Ended::Interrupted
        } else {
            say(&format!(
                "orderdesk-publish: not sent: {}",
                counted(unsent, "message")
            ));
            Ended::Badly
        }
    }

    fn published(&self) -> u64 {
        self.orders + self.duplicates + self.no_orders.values().sum::<u64>()
    }

    fn advice(&self, missing: u64, unsent: u64) -> String {
        let again = match self.seed {
            Some(seed) => format!("publish again with --seed {seed}"),
            None => "publish the file again".to_owned(),
        };
        format!(
            "{} not acknowledged, {unsent} not sent; the server may have stored what it did not \
             acknowledge. See that NATS Streaming runs at {}, then {again}: an order that comes \
             twice does no harm",
            counted(missing, "message"),
            self.url
        )
    }
}

impl fmt::Display for Report {
    /// The totals, on one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.started.elapsed().as_secs_f64();
        let published = self.published();
        #[expect(
            clippy::cast_precision_loss,
            reason = "beyond 2^53 messages nobody counts"
        )]
        let per_second = published as f64 / seconds.max(1e-3);
        write!(
            formatter,
            "{} published in {seconds:.1} s ({per_second:.0}/s): {}, {}, {} that are no orders",
            counted(published, "message"),
            counted(self.orders, "order"),
            counted(self.duplicates, "duplicate"),
            published - self.orders - self.duplicates,
        )?;
        let mut separator = " (";
        for (reason, number) in &self.no_orders {
            write!(formatter, "{separator}{reason} {number}")?;
            separator = ", ";
        }
        if !self.no_orders.is_empty() {
            formatter.write_str(")")?;
        }
        if let Some(seed) = self.seed {
            write!(formatter, "; seed {seed}")?;
        }
        if self.sent_again > 0 {
            write!(
                formatter,
                "; {} sent again because no acknowledgement came, so the channel may hold it twice",
                counted(self.sent_again, "message")
            )?;
        }
        Ok(())
    }
}

/// `1 order`, `2 orders`.
fn counted(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// Standard output. A reader that has gone away is no error: publishing goes
/// on without it.
struct Lines {
    out: Option<BufWriter<Stdout>>,
    failure: Option<io::Error>,
    are_on_the_terminal: bool,
}

impl Lines {
    fn new() -> Self {
        let out = io::stdout();
        Self {
            are_on_the_terminal: out.is_terminal(),
            out: Some(BufWriter::with_capacity(64 * 1024, out)),
            failure: None,
        }
    }

    fn add(&mut self, line: &impl fmt::Display) {
        let written = self.out.as_mut().map(|out| writeln!(out, "{line}"));
        self.check(written);
    }

    fn flush(&mut self) {
        let flushed = self.out.as_mut().map(io::Write::flush);
        self.check(flushed);
    }

    fn check(&mut self, done: Option<io::Result<()>>) {
        if let Some(Err(error)) = done {
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
            // Its buffer cannot be written either: do not try on drop.
            if let Some(out) = self.out.take() {
                drop(out.into_parts());
            }
        }
    }
}
