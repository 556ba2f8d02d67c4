//! Acknowledging on a thread of its own: the client blocks.

use std::{sync::mpsc, thread};

use super::Acknowledge;

/// Batches that may wait to be acknowledged before the writer waits too.
const BACKLOG: usize = 64;

/// A thread that acknowledges what was committed.
pub struct Acknowledger {
    batches: mpsc::SyncSender<Vec<Box<dyn Acknowledge>>>,
    thread: thread::JoinHandle<()>,
}

impl Acknowledger {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> std::io::Result<Self> {
        let (batches, waiting) = mpsc::sync_channel::<Vec<Box<dyn Acknowledge>>>(BACKLOG);
        let thread = thread::Builder::new()
            .name("acknowledge".to_owned())
            .spawn(move || {
                for batch in waiting {
                    for ack in batch {
                        ack.acknowledge();
                    }
                }
            })?;
        Ok(Self { batches, thread })
    }

    /// Hands over messages whose fate is committed. Waits only when the
    /// stream's server takes no more acknowledgements.
    pub async fn acknowledge(&self, batch: Vec<Box<dyn Acknowledge>>) {
        let Err(mpsc::TrySendError::Full(batch)) = self.batches.try_send(batch) else {
            return;
        };
        let batches = self.batches.clone();
        tokio::task::spawn_blocking(move || batches.send(batch).ok())
            .await
            .ok();
    }

    /// Waits until everything handed over was sent.
    pub async fn finish(self) {
        drop(self.batches);
        tokio::task::spawn_blocking(move || self.thread.join().ok())
            .await
            .ok();
    }
}
