//! Causing faults: what is done to whom, and how soon everything has to work
//! again.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use rand::{RngExt as _, seq::IndexedRandom as _};
use tokio::time::sleep;

use crate::{
    faults::{Fault, libfaketime},
    proxy::{Proxy, Weather},
    report::Row,
    stage::Stage,
};

/// From the start of a killed service to its first right answer.
const START_LIMIT: Duration = Duration::from_secs(1);

/// From a fault's end to an order that is published then and answered.
const LIMIT: Duration = Duration::from_secs(5);

/// A brief run is a test among others, on a machine that may be busy: there a
/// limit is this many times as long.
const SLACK: u32 = 3;

/// How much more memory a service may take while PostgreSQL is away.
const MEMORY_LIMIT: f64 = 0.2;

impl Fault {
    /// Lets it happen, and notes how long recovering took.
    pub async fn cause(self, stage: &mut Stage, row: &mut Row) -> anyhow::Result<()> {
        let quick = stage.quick;
        match self {
            Self::ServiceKilled => kill_service(stage, row, if quick { 3 } else { 10 }).await,
            Self::ServiceTerminated => {
                terminate_service(stage, row, if quick { 2 } else { 5 }).await
            }
            Self::PostgresKilled => restart_postgres(stage, row, "KILL", Duration::ZERO).await,
            Self::PostgresStopped => restart_postgres(stage, row, "QUIT", Duration::ZERO).await,
            Self::PostgresAway => {
                let away = Duration::from_secs(if quick { 5 } else { 60 });
                restart_postgres(stage, row, "QUIT", away).await
            }
            Self::BackendsTerminated => {
                for _ in 0..if quick { 2 } else { 5 } {
                    stage.terminate_backends().await?;
                    sleep(Duration::from_millis(300)).await;
                }
                recover(stage, row).await
            }
            Self::NatsKilled => {
                stage.nats.signal("KILL")?;
                stage.nats.resume()?;
                recover(stage, row).await
            }
            Self::NatsFrozen => {
                stage.nats.signal("STOP")?;
                sleep(Duration::from_secs(if quick { 12 } else { 40 })).await;
                stage.nats.signal("CONT")?;
                recover(stage, row).await
            }
            Self::NatsEmptied => {
                stage.nats.signal("KILL")?;
                stage.nats.resume_empty()?;
                row.note.push_str("drained before; counts from 1 again");
                recover(stage, row).await
            }
            Self::NetworkCut => weather(stage, row, Weather::Cut, 3).await,
            Self::NetworkStalled => weather(stage, row, Weather::Stalled, 3).await,
            Self::NetworkSlow => {
                let slow = Weather::Slow(Duration::from_millis(20));
                weather(stage, row, slow, 3).await
            }
            Self::NetworkHalfOpen => half_open(stage, row).await,
            Self::ClockStep => step_clock(stage, row).await,
            Self::Poison => recover(stage, row).await,
            Self::Mixed => mix(stage, row, if quick { 3 } else { 10 }).await,
        }
    }
}

fn recovered(stage: &Stage, row: &mut Row, took: Duration, limit: Duration) {
    row.recovered(took, if stage.quick { limit * SLACK } else { limit });
}

/// Notes the time from now until an order that is published now is answered.
async fn recover(stage: &mut Stage, row: &mut Row) -> anyhow::Result<()> {
    let took = stage.recovery(Instant::now()).await?;
    recovered(stage, row, took, LIMIT);
    Ok(())
}

async fn kill_service(stage: &mut Stage, row: &mut Row, times: u32) -> anyhow::Result<()> {
    let mut worst = Duration::ZERO;
    for _ in 0..times {
        stage.service.kill()?;
        let began = Instant::now();
        stage.service.start(&[])?;
        let known = stage.known.clone();
        worst = worst.max(stage.service.wait_for_order(&known, began).await?);
        // Somewhere in the middle of what it does.
        let pause = stage.rng.random_range(200..900);
        sleep(Duration::from_millis(pause)).await;
    }
    recovered(stage, row, worst, START_LIMIT);
    row.note = format!("×{times}, from start to the first right answer");
    Ok(())
}

async fn terminate_service(stage: &mut Stage, row: &mut Row, times: u32) -> anyhow::Result<()> {
    let (mut worst, mut longest_stop) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..times {
        let asked = Instant::now();
        stage.service.terminate()?;
        longest_stop = longest_stop.max(asked.elapsed());
        let began = Instant::now();
        stage.service.start(&[])?;
        let known = stage.known.clone();
        worst = worst.max(stage.service.wait_for_order(&known, began).await?);
        sleep(Duration::from_millis(500)).await;
    }
    recovered(stage, row, worst, START_LIMIT);
    row.note = format!("×{times}, stopped in {:.2} s", longest_stop.as_secs_f64());
    Ok(())
}

async fn restart_postgres(
    stage: &mut Stage,
    row: &mut Row,
    signal: &str,
    away: Duration,
) -> anyhow::Result<()> {
    let before = stage.service.footprint()?;
    let (memory, work) = (before.resident, before.processor_seconds);
    stage.postgres.signal(signal)?;
    let began = Instant::now();
    let mut most = memory;
    while began.elapsed() < away {
        sleep(Duration::from_millis(500)).await;
        most = most.max(stage.service.footprint()?.resident);
    }
    let worked = stage.service.footprint()?.processor_seconds;
    stage.postgres.resume()?;
    let back = Instant::now();
    if away == Duration::ZERO {
        recover(stage, row).await?;
    } else {
        // What waited comes first: storing again is one thing, having caught up
        // with a minute of orders another.
        let (took, caught_up) = stage.storing_again(back).await?;
        recovered(stage, row, took, LIMIT);
        #[expect(clippy::cast_precision_loss, reason = "bytes of a process")]
        let growth = most as f64 / memory as f64 - 1.0;
        row.note = format!(
            "{} s; caught up after {:.1} s; memory {:+.0}%, processor {:.1}% of a core",
            away.as_secs(),
            caught_up.as_secs_f64(),
            growth * 100.0,
            (worked - work) / away.as_secs_f64() * 100.0
        );
        if growth > MEMORY_LIMIT {
            row.problems
                .push(format!("memory grew by {:.0}%", growth * 100.0));
        }
    }
    Ok(())
}

async fn weather(
    stage: &mut Stage,
    row: &mut Row,
    weather: Weather,
    seconds: u64,
) -> anyhow::Result<()> {
    let seconds = Duration::from_secs(if stage.quick { 1 } else { seconds });
    let mut worst = Duration::ZERO;
    for which in [0, 1] {
        network(stage, which).set(weather);
        sleep(seconds).await;
        network(stage, which).set(Weather::Fair);
        worst = worst.max(stage.recovery(Instant::now()).await?);
    }
    recovered(stage, row, worst, LIMIT);
    Ok(())
}

fn network(stage: &Stage, which: u8) -> &Proxy {
    if which == 0 {
        &stage.postgres_network
    } else {
        &stage.nats_network
    }
}

/// Neither end is told, so both have to find out: the fault ends when they had
/// ten seconds for it.
async fn half_open(stage: &mut Stage, row: &mut Row) -> anyhow::Result<()> {
    stage.postgres_network.set(Weather::HalfOpen);
    stage.nats_network.set(Weather::HalfOpen);
    sleep(Duration::from_secs(10)).await;
    let took = stage.recovery(Instant::now()).await?;
    recovered(stage, row, took, LIMIT);
    row.note.push_str("all connections, 10 s to find out");
    stage.postgres_network.set(Weather::Fair);
    stage.nats_network.set(Weather::Fair);
    Ok(())
}

async fn step_clock(stage: &mut Stage, row: &mut Row) -> anyhow::Result<()> {
    let library = libfaketime().context("libfaketime is here")?;
    let clock = stage.dir.join("clock");
    fs::write(&clock, "+0")?;
    stage.service.terminate()?;
    stage.service.start(&[
        ("LD_PRELOAD", library.to_str().unwrap_or_default()),
        (
            "FAKETIME_TIMESTAMP_FILE",
            clock.to_str().unwrap_or_default(),
        ),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ])?;
    stage.service.wait_until_ready().await?;
    for step in ["+3600", "-3600", "+0"] {
        fs::write(&clock, step)?;
        let uid = stage.publish_one()?;
        stage.service.wait_for_order(&uid, Instant::now()).await?;
    }
    stage.service.terminate()?;
    stage.service.start(&[])?;
    stage.service.wait_until_ready().await?;
    recover(stage, row).await
}

/// Several at once: the network misbehaves while a process does.
async fn mix(stage: &mut Stage, row: &mut Row, rounds: u32) -> anyhow::Result<()> {
    let weathers = [
        Weather::Fair,
        Weather::Cut,
        Weather::Stalled,
        Weather::Slow(Duration::from_millis(20)),
    ];
    let faults = [
        Fault::ServiceKilled,
        Fault::ServiceTerminated,
        Fault::PostgresKilled,
        Fault::BackendsTerminated,
        Fault::NatsKilled,
    ];
    let (mut worst, mut caught_up) = (Duration::ZERO, Duration::ZERO);
    let mut played = Vec::new();
    for _ in 0..rounds {
        let weather = *weathers.choose(&mut stage.rng).unwrap_or(&Weather::Fair);
        let fault = *faults
            .choose(&mut stage.rng)
            .unwrap_or(&Fault::ServiceKilled);
        let which = stage.rng.random_range(0..2);
        network(stage, which).set(weather);
        match fault {
            Fault::PostgresKilled => {
                stage.postgres.signal("KILL")?;
                stage.postgres.resume()?;
            }
            Fault::NatsKilled => {
                stage.nats.signal("KILL")?;
                stage.nats.resume()?;
            }
            Fault::BackendsTerminated => stage.terminate_backends().await?,
            Fault::ServiceTerminated => {
                stage.service.terminate()?;
                stage.service.start(&[])?;
            }
            _ => {
                stage.service.kill()?;
                stage.service.start(&[])?;
            }
        }
        sleep(Duration::from_millis(stage.rng.random_range(100..1_500))).await;
        network(stage, which).set(Weather::Fair);
        // What waited comes first, and may be twenty thousand orders.
        let (storing, visible) = stage.storing_again(Instant::now()).await?;
        worst = worst.max(storing);
        caught_up = caught_up.max(visible);
        played.push(format!("{fault:?}+{weather:?}"));
    }
    recovered(stage, row, worst, LIMIT);
    row.note = format!(
        "caught up after {:.1} s; {}",
        caught_up.as_secs_f64(),
        played.join(", ")
    );
    Ok(())
}
