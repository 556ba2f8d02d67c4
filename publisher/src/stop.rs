//! Ctrl-C and SIGTERM: a flag that everyone who waits looks at.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use signal_hook::consts::{SIGINT, SIGTERM};

/// How often someone who waits looks whether to stop.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Whether to stop.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
}

impl Stop {
    /// Stops on the first SIGINT or SIGTERM; a second one ends the process at
    /// once with exit code 130.
    ///
    /// # Errors
    /// What the operating system says against catching them.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag still down.
            signal_hook::flag::register_conditional_shutdown(signal, 130, stop.asked.clone())?;
            signal_hook::flag::register(signal, stop.asked.clone())?;
        }
        Ok(stop)
    }

    /// Whether someone asked to stop.
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Waits until `until`, or until someone asks to stop; whether it was
    /// waited to the end.
    pub fn wait_until(&self, until: Instant) -> bool {
        loop {
            if self.is_asked() {
                return false;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            thread::sleep(left.min(LOOK_EVERY));
        }
    }
}
