//! Filling a channel as fast as it takes messages.

use std::{sync::mpsc, time::Duration};

use anyhow::Context as _;

use super::stream::Stream;
use crate::corpus::Corpus;

/// Messages that may wait for their acknowledgement.
const WINDOW: usize = 4_096;

/// How long an acknowledgement may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Publishes the orders `0..count` of `corpus`, in their order, and waits until
/// the server has all of them.
///
/// # Errors
/// When one is not acknowledged in time.
pub fn fill(
    port: u16,
    cluster: &str,
    channel: &str,
    corpus: Corpus,
    count: u64,
) -> anyhow::Result<()> {
    let (acked, acks) = mpsc::channel();
    let client_id = format!("stress-{channel}");
    let stream = Stream::connect(port, cluster, &client_id, channel, move |ack| {
        acked.send(ack.number).ok();
    })?;
    let mut in_flight = 0;
    let one = || {
        acks.recv_timeout(PATIENCE)
            .context("a message is not acknowledged")
    };
    for number in 0..count {
        if in_flight == WINDOW {
            one()?;
            in_flight -= 1;
        }
        stream.publish(number, corpus.document(number).1)?;
        in_flight += 1;
    }
    for _ in 0..in_flight {
        one()?;
    }
    Ok(())
}
