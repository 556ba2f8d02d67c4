//! Commands and files that cannot be used: a sentence, and nothing published.

use std::fs;

use crate::{
    harness::{publisher, run, run_with_input},
    server::{Server, Store},
};

#[test]
fn wrong_usage_ends_with_2() {
    for (flags, part) in [
        (&["--count", "x"][..], "--count"),
        (
            &["--invalid-ratio", "0.6", "--duplicate-ratio", "0.6"],
            "more than 1 together",
        ),
        (&["--raw"], "--file"),
        (&["--stan-url", "nonsense nonsense"], "nats://host:port"),
        (
            &["--file", "/there/is/no/such.json"],
            "/there/is/no/such.json cannot be read",
        ),
        (&["--file", "/"], "/ cannot be read"),
    ] {
        let ran = run(publisher(), flags);
        assert_eq!((ran.code, ran.lines.len()), (Some(2), 0), "{flags:?}");
        assert!(ran.stderr.contains(part), "{flags:?}: {}", ran.stderr);
    }
}

#[test]
fn a_password_is_never_printed() {
    let flags = [
        "--stan-url",
        "nats://me:secret@127.0.0.1:1",
        "--connect-timeout",
        "0s",
    ];
    let ran = run(publisher(), &flags);
    assert_eq!(ran.code, Some(1));
    assert!(!ran.stderr.contains("secret"), "{}", ran.stderr);
    let mut command = publisher();
    command.env("STAN_URL", "nats://me:secret@127.0.0.1:1");
    let ran = run(command, &["--help"]);
    assert!(!ran.lines.concat().contains("secret"));
}

#[test]
fn a_file_without_values_ends_with_2_and_names_the_line() {
    for (input, part) in [
        (&b""[..], "nothing to publish"),
        (b"[]", "nothing to publish"),
        (b"{}\n{\n", "line 2"),
        (b"{}\n\xff\n", "line 2 is not UTF-8"),
        (b"this is no order", "--raw"),
    ] {
        let mut command = publisher();
        command.args(["--file", "-"]);
        let ran = run_with_input(command, input);
        assert_eq!((ran.code, ran.lines.len()), (Some(2), 0), "{input:?}");
        assert!(ran.stderr.contains(part), "{input:?}: {}", ran.stderr);
    }
}

#[test]
fn a_message_that_the_server_cannot_take_is_not_sent() {
    let server = Server::start(Store::File);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large");
    fs::write(&file, vec![b'x'; 5 * 1024 * 1024]).unwrap();
    let ran = run(
        server.publisher(),
        &["--raw".as_ref(), "--file".as_ref(), file.as_os_str()],
    );
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("max_payload"), "{}", ran.stderr);
    assert!(server.messages(0).is_empty());
}
