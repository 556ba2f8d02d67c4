#!/usr/bin/env bash
# Measures the hot paths: how long they take, and how many instructions. With an
# argument only one of these:
#
#   scripts/bench.sh time [OPTION…]        options and filters of Criterion
#   scripts/bench.sh instructions [PATH…]
#   scripts/bench.sh search                at a million orders; takes minutes
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

time_of_paths() { cargo bench --locked --package hotpaths --bench hotpaths -- "$@"; }

instructions_of_paths() {
    scripts/setup.sh bench
    cargo run --locked --release --quiet --package hotpaths --bin orderdesk-instructions -- "$@"
}

scripts/setup.sh build
what=${1:-all}
(($# == 0)) || shift
case $what in
all)
    time_of_paths
    instructions_of_paths
    ;;
time) time_of_paths "$@" ;;
instructions) instructions_of_paths "$@" ;;
search) cargo bench --locked --package server --bench search ;;
*) fail "usage: scripts/bench.sh [time|instructions|search] [ARGUMENT…]" ;;
esac
