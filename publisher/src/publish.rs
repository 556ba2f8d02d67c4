//! Publishing: threads that each take the next message, wait until it is due,
//! and send it until the server has acknowledged it.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    args::Args,
    connection::Connections,
    message::{Content, Message, Source},
    pace::Pace,
    report::{Ended, Report, Unacknowledged},
    stop::Stop,
};

/// Outcomes that may wait to be printed before the publishing threads wait.
const WAITING_OUTCOMES: usize = 4096;

/// How often the report is looked after when nothing happens.
const TICK: Duration = Duration::from_millis(100);

/// The pause before a message is sent again: doubled each time, to the most.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A thread that has not come back this long after its message's time was up
/// hangs in the client and will not come back.
const HANGS_AFTER: Duration = Duration::from_secs(10);

/// The same once someone asked to stop.
const STOP_GRACE: Duration = Duration::from_secs(3);

/// A message's outcome.
pub enum Outcome {
    /// The server has it.
    Acknowledged {
        /// What it is.
        content: Content,
        /// It was sent more than once, so the channel may hold it twice.
        sent_again: bool,
    },
    /// It is unknown whether the server has it, or the server refused it.
    Unacknowledged(Unacknowledged),
}

/// A run of publishing.
pub struct Publisher {
    concurrency: u16,
    rate: f64,
    shared: Shared,
}

/// What the publishing threads share.
struct Shared {
    source: Arc<dyn Source>,
    connections: Connections,
    channel: String,
    retry_for: Duration,
    stop: Stop,
    /// A message was given up: send no further ones.
    failed: AtomicBool,
    next: AtomicU64,
    in_flight: Mutex<BTreeMap<u64, Flight>>,
}

/// A message between its first sending and its outcome.
struct Flight {
    since: Instant,
    content: Content,
}

impl Publisher {
    /// A run that publishes the messages of `source`.
    pub fn new(args: &Args, source: Arc<dyn Source>, connections: Connections, stop: Stop) -> Self {
        Self {
            concurrency: args.concurrency(),
            rate: args.rate,
            shared: Shared {
                source,
                connections,
                channel: args.channel.clone(),
                retry_for: args.retry_for,
                stop,
                failed: AtomicBool::new(false),
                next: AtomicU64::new(0),
                in_flight: Mutex::default(),
            },
        }
    }

    /// Publishes until every message is acknowledged, one is given up, or
    /// someone asks to stop. Every message that was begun ends in the report.
    pub fn run(self, mut report: Report) -> Ended {
        let shared = Arc::new(self.shared);
        let pace = Pace::new(Instant::now(), self.rate);
        let (outcomes, inbox) = mpsc::sync_channel(WAITING_OUTCOMES);
        let threads: Vec<_> = (0..u64::from(self.concurrency).min(shared.source.len()))
            .map(|_| {
                let (shared, outcomes) = (Arc::clone(&shared), outcomes.clone());
                thread::spawn(move || shared.publish_messages(pace, &outcomes))
            })
            .collect();
        drop(outcomes);
        let mut stop_seen = None;
        let everyone_came_back = loop {
            match inbox.recv_timeout(TICK) {
                Ok(outcome) => {
                    report.take(outcome);
                    while let Ok(outcome) = inbox.try_recv() {
                        report.take(outcome);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if shared.stop.is_asked() {
                        stop_seen.get_or_insert_with(Instant::now);
                    }
                    if shared.hangs(stop_seen) {
                        break false;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break true,
            }
            report.show();
        };
        if everyone_came_back {
            for thread in threads {
                if thread.join().is_err() {
                    report.note("a publishing thread has panicked");
                }
            }
        }
        // What is left here hangs, or its thread panicked.
        for (index, flight) in std::mem::take(&mut *shared.flights()) {
            report.take(Outcome::Unacknowledged(Unacknowledged {
                index,
                content: flight.content,
                cause: "the client hangs".to_owned(),
            }));
        }
        let interrupted = shared.stop.is_asked();
        if let Some(shared) = Arc::into_inner(shared) {
            shared.connections.close();
        }
        report.finish(interrupted)
    }
}

impl Shared {
    /// One thread's work.
    fn publish_messages(&self, pace: Pace, outcomes: &SyncSender<Outcome>) {
        while !self.failed.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            if index >= self.source.len() || !self.stop.wait_until(pace.due(index)) {
                return;
            }
            let message = self.source.message(index);
            let flight = Flight {
                since: Instant::now(),
                content: message.content.clone(),
            };
            self.flights().insert(index, flight);
            let sent = self.send(&message);
            self.flights().remove(&index);
            let outcome = match sent {
                Ok(attempts) => Outcome::Acknowledged {
                    content: message.content,
                    sent_again: attempts > 1,
                },
                Err(error) => {
                    self.failed.store(true, Ordering::Relaxed);
                    Outcome::Unacknowledged(Unacknowledged {
                        index,
                        content: message.content,
                        cause: cause(&error),
                    })
                }
            };
            if outcomes.send(outcome).is_err() {
                return;
            }
        }
    }

    /// Sends the same bytes until they are acknowledged; how often it took.
    /// Orders are known by their uid, so one that arrives twice does no harm.
    fn send(&self, message: &Message) -> io::Result<u32> {
        let give_up_at = Instant::now() + self.retry_for;
        let mut pause = FIRST_PAUSE;
        let mut attempts = 1;
        loop {
            let (session, generation) = self.connections.current();
            let Err(error) = session.publish(&self.channel, &message.payload) else {
                return Ok(attempts);
            };
            drop(session);
            if Instant::now() + pause > give_up_at || !self.stop.wait_until(Instant::now() + pause)
            {
                return Err(error);
            }
            self.connections.renew(generation);
            pause = (pause * 2).min(LONGEST_PAUSE);
            attempts += 1;
        }
    }

    /// Whether a thread hangs in the client.
    fn hangs(&self, stop_seen: Option<Instant>) -> bool {
        let flights = self.flights();
        let stop_is_over = stop_seen.is_some_and(|seen| seen.elapsed() > STOP_GRACE);
        let is_over =
            |flight: &Flight| stop_is_over || flight.since.elapsed() > self.retry_for + HANGS_AFTER;
        flights.values().any(is_over)
    }

    fn flights(&self) -> MutexGuard<'_, BTreeMap<u64, Flight>> {
        self.in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The client's words, made plain where they are not.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::TimedOut => "no acknowledgement came in time".to_owned(),
        _ => error.to_string(),
    }
}
