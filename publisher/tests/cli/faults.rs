//! Servers that come late, die, forget, or freeze; people who press Ctrl-C.

use std::{
    collections::{HashMap, HashSet},
    thread,
    time::{Duration, Instant},
};

use crate::{
    harness::{Ran, Running, run},
    server::{Server, Store, wait_for_port},
};

/// The uids that standard error names as not acknowledged.
fn named(ran: &Ran) -> HashSet<String> {
    ran.stderr
        .lines()
        .filter_map(|line| line.strip_prefix("not acknowledged: message "))
        .filter_map(|rest| rest.split_once(", order ")?.1.split_once(": "))
        .map(|(uid, _)| uid.to_owned())
        .collect()
}

/// The uids of the lines on standard output.
fn printed(ran: &Ran) -> HashSet<String> {
    ran.lines
        .iter()
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(uid, _)| uid.to_owned())
        .collect()
}

#[test]
fn a_killed_server_is_told_of_and_nothing_acknowledged_is_lost() {
    let mut server = Server::start(Store::File);
    let mut running = Running::start(
        server.publisher(),
        &[
            "--count",
            "100000",
            "--seed",
            "9",
            "--concurrency",
            "32",
            "--retry-for",
            "1s",
        ],
    );
    running.wait_for_lines(500);
    server.kill();
    let ran = running.end();
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let (named, printed) = (named(&ran), printed(&ran));
    assert!((1..=32).contains(&named.len()), "{}", ran.stderr);
    assert!(named.is_disjoint(&printed));
    assert!(
        ran.stderr.contains("publish again with --seed 9"),
        "{}",
        ran.stderr
    );

    server.go();
    let stored: HashMap<_, _> = all_messages(&server, printed.len());
    for uid in &printed {
        assert!(
            stored.contains_key(uid),
            "{uid} was acknowledged and is not in the channel"
        );
    }
}

/// Everything in the channel by uid; at least `number` messages.
fn all_messages(server: &Server, number: usize) -> HashMap<String, Vec<u8>> {
    server
        .at_least(number)
        .into_iter()
        .filter_map(|payload| {
            let order = orders::parse(&payload, orders::DEFAULT_MAX_ORDER_BYTES).ok()?;
            Some((order.order_uid.to_string(), payload))
        })
        .collect()
}

#[track_caller]
fn survives_a_restart(store: Store) {
    let mut server = Server::start(store);
    let mut running = Running::start(
        server.publisher(),
        &["--count", "2000", "--rate", "800", "--retry-for", "25s"],
    );
    running.wait_for_lines(200);
    server.kill();
    thread::sleep(Duration::from_millis(300));
    server.go();
    let ran = running.end();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(printed(&ran).len(), 2000);
    assert!(ran.stderr.contains("sent again"), "{}", ran.stderr);
}

#[test]
fn a_server_that_restarts_gets_the_rest() {
    survives_a_restart(Store::File);
}

#[test]
fn a_server_that_forgot_its_clients_gets_the_rest() {
    survives_a_restart(Store::Memory);
}

#[test]
fn a_frozen_server_does_not_hold_the_publisher() {
    let server = Server::start(Store::File);
    let mut running = Running::start(
        server.publisher(),
        &[
            "--count",
            "100000",
            "--concurrency",
            "8",
            "--retry-for",
            "1s",
        ],
    );
    running.wait_for_lines(100);
    server.freeze();
    let start = Instant::now();
    let ran = running.end();
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!((1..=8).contains(&named(&ran).len()), "{}", ran.stderr);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_server_that_is_late_is_waited_for() {
    let mut server = Server::planned(Store::File);
    let running = Running::start(
        server.publisher(),
        &["--count", "5", "--connect-timeout", "25s"],
    );
    thread::sleep(Duration::from_millis(500));
    server.go();
    wait_for_port(server.port);
    let ran = running.end();
    assert_eq!((ran.code, ran.lines.len()), (Some(0), 5), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("waiting for NATS Streaming"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_server_that_never_comes_is_named() {
    let server = Server::planned(Store::File);
    let ran = run(server.publisher(), &["--connect-timeout", "400ms"]);
    assert_eq!((ran.code, ran.lines.len()), (Some(1), 0));
    for part in [server.url().as_str(), "within 400ms", "STAN_URL"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

#[test]
fn another_cluster_is_named() {
    let server = Server::start(Store::File);
    let mut command = server.publisher();
    command.env("STAN_CLUSTER", "elsewhere");
    let ran = run(command, &["--connect-timeout", "3s"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("cluster elsewhere"), "{}", ran.stderr);
}

#[test]
fn ctrl_c_stops_with_totals() {
    for signal in ["INT", "TERM"] {
        let server = Server::start(Store::File);
        let mut running = Running::start(server.publisher(), &["--count", "1000", "--rate", "100"]);
        running.wait_for_lines(10);
        running.signal(signal);
        let ran = running.end();
        assert_eq!(ran.code, Some(130), "{}", ran.stderr);
        let total = format!("{} messages published", ran.lines.len());
        assert!(ran.stderr.contains(&total), "{}", ran.stderr);
        assert_eq!(server.messages(ran.lines.len()).len(), ran.lines.len());
    }
}
