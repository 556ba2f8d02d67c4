//! Any bytes at all as a message of the channel.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../orders/tests/parsing/invariants.rs"]
mod invariants;

fuzz_target!(|message: &[u8]| invariants::hold(message));
