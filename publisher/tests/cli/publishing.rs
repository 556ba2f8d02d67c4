//! What is published arrives, byte for byte, and is told of.

use std::{collections::BTreeMap, fs, process::Stdio};

use orderdesk_publish::{
    message::Source as _,
    plan::{Plan, Ratios},
};

use crate::{
    harness::{run, run_with_input},
    server::{Server, Store},
};

fn counted<T: Ord>(things: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counted = BTreeMap::new();
    for thing in things {
        *counted.entry(thing).or_default() += 1;
    }
    counted
}

#[test]
fn a_seed_publishes_its_messages_whatever_the_concurrency() {
    let plan = Plan::new(
        42,
        400,
        Ratios {
            invalid: 0.1,
            duplicate: 0.05,
        },
    );
    let messages: Vec<_> = (0..400).map(|index| plan.message(index)).collect();
    let lines = messages.iter().filter_map(|message| message.content.line());
    let expected_lines = counted(lines.map(ToString::to_string));
    let expected = counted(messages.iter().map(|message| message.payload.clone()));
    for concurrency in ["1", "7", "256"] {
        let server = Server::start(Store::File);
        let ran = run(
            server.publisher(),
            &[
                "--count",
                "400",
                "--invalid-ratio",
                "10%",
                "--duplicate-ratio",
                "0.05",
                "--seed",
                "42",
                "--concurrency",
                concurrency,
            ],
        );
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_eq!(counted(ran.lines), expected_lines);
        assert_eq!(counted(server.messages(400)), expected);
        let totals = "400 messages published";
        assert!(ran.stderr.contains(totals), "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("340 orders, 20 duplicates, 40 that are no orders"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn each_run_without_a_seed_publishes_other_orders() {
    let server = Server::start(Store::File);
    let first = run(server.publisher(), &["--count", "3"]);
    let second = run(server.publisher(), &["--count", "3"]);
    assert_eq!(counted(first.lines.iter().chain(&second.lines)).len(), 6);
    let line = first.lines.first().expect("a line");
    let (uid, items) = line.rsplit_once(' ').expect("a uid and a number");
    assert!(uid.len() == 19 && items.parse::<u8>().is_ok(), "{line}");
}

#[test]
fn lines_of_a_file_arrive_in_order_byte_for_byte() {
    let server = Server::start(Store::File);
    let good = br#"{"order_uid":"a b","track_number":"","delivery":{},"payment":{"amount":1.50},"items":[{},{}],"date_created":"2021-11-26T06:22:19Z", "extra" : [ 1e2 ]}"#;
    let file = [
        b"\r\n",
        &good[..],
        b"\r\n\r\n {\"order_uid\": 1} \n[1, 2]\n\"\\ud83d\"",
    ]
    .concat();
    let mut command = server.publisher();
    command.args(["--file", "-"]);
    let ran = run_with_input(command, &file);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.lines, ["a b 2"]);
    let expected = [
        &good[..],
        b" {\"order_uid\": 1} ",
        b"[1, 2]",
        b"\"\\ud83d\"",
    ];
    assert_eq!(server.messages(4), expected);
    assert!(
        ran.stderr
            .contains("3 that are no orders (bad_text 1, wrong_type 2)"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_array_and_a_single_value_of_a_file_arrive_byte_for_byte() {
    let server = Server::start(Store::File);
    let folder = tempfile::tempdir().unwrap();
    let array = folder.path().join("array.json");
    let single = folder.path().join("single.json");
    fs::write(&array, "[ {\"a\" : 1.0 },\n\t[2 ]\r\n]").unwrap();
    fs::write(&single, "{\n  \"a\": 1\n}\n").unwrap();
    for file in [array, single] {
        let ran = run(server.publisher(), &["--file".as_ref(), file.as_os_str()]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let expected: [&[u8]; 3] = [b"{\"a\" : 1.0 }", b"[2 ]", b"{\n  \"a\": 1\n}\n"];
    assert_eq!(server.messages(3), expected);
}

#[test]
fn raw_publishes_any_bytes_as_one_message() {
    let server = Server::start(Store::File);
    let files: [&[u8]; 4] = [b"", b"\xff\x00\r\n\n", b"{}\n{}\n", b"\xEF\xBB\xBF[1,2]"];
    for file in files {
        let mut command = server.publisher();
        command.args(["--file", "-", "--raw"]);
        let ran = run_with_input(command, file);
        assert_eq!((ran.code, ran.lines.len()), (Some(0), 0), "{}", ran.stderr);
    }
    assert_eq!(server.messages(4), files);
}

#[test]
fn a_rate_is_kept() {
    let server = Server::start(Store::File);
    let start = std::time::Instant::now();
    let ran = run(server.publisher(), &["--count", "100", "--rate", "50"]);
    assert_eq!(
        (ran.code, ran.lines.len()),
        (Some(0), 100),
        "{}",
        ran.stderr
    );
    let seconds = start.elapsed().as_secs_f64();
    assert!((1.98..10.0).contains(&seconds), "{seconds}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let server = Server::start(Store::File);
    for silent in [false, true] {
        let mut command = server.publisher();
        command.args(["--count", "300", "--seed", if silent { "1" } else { "2" }]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        if silent {
            drop(child.stderr.take());
        }
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    server.messages(600);
}
