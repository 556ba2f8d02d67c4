//! Who may run, until when, and what happens on a signal.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument as _;

/// Owns every task of the service.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    stop: CancellationToken,
    tasks: TaskTracker,
    timeout: Duration,
    failure: Arc<OnceLock<String>>,
}

impl Lifecycle {
    /// A lifecycle whose shutdown may take `timeout`.
    pub fn new(timeout: Duration) -> Self {
        Self {
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            timeout,
            failure: Arc::default(),
        }
    }

    /// Told when it is time to stop.
    pub fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// How long a shutdown may take.
    pub const fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Runs `task` until it ends by itself, which it does after [`Self::stop`].
    /// A task that panics fails the service.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let lifecycle = self.clone();
        let running = self
            .tasks
            .spawn(task.instrument(tracing::info_span!("task", task = name)));
        self.tasks.spawn(async move {
            if let Err(error) = running.await {
                lifecycle.fail(format!("the task {name} died: {error}"));
            }
        });
    }

    /// Stops the service because of `problem`; it then ends with an error.
    pub fn fail(&self, problem: String) {
        tracing::error!(problem, "stopping");
        // The first problem is the cause of those that follow.
        self.failure.set(problem).ok();
        self.stop.cancel();
    }

    /// Why the service had to stop, if it was not asked to.
    pub fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// Waits until every task has ended.
    pub async fn finished(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Stops on SIGINT and SIGTERM; a second one ends the process at once.
    ///
    /// # Errors
    /// When the signals cannot be received.
    pub fn stop_on_signals(&self) -> anyhow::Result<()> {
        let mut interrupt = signal(SignalKind::interrupt()).context("SIGINT cannot be received")?;
        let mut terminate =
            signal(SignalKind::terminate()).context("SIGTERM cannot be received")?;
        let stop = self.stop.clone();
        // Not among the tracked tasks: it waits for a signal that may never come.
        tokio::spawn(async move {
            let mut signals = 0;
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                signals += 1;
                if signals > 1 {
                    tracing::error!("a second signal: stopping at once");
                    std::process::exit(1);
                }
                tracing::info!(
                    "stopping: finishing what is in hand; a second signal stops at once"
                );
                stop.cancel();
            }
        });
        Ok(())
    }
}
