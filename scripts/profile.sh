#!/usr/bin/env bash
# Draws where the time of the service that runs just now goes, as a flame graph:
#
#   scripts/profile.sh FILE.svg [SECONDS]
#
# Beside `scripts/stress.sh --only ROW`, say, once the row is being measured. Needs
# Linux' perf, which belongs to the kernel and is not set up by this project, and
# the right to record (root, or kernel.perf_event_paranoid below 2).
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

(($# == 1 || $# == 2)) || fail "usage: scripts/profile.sh FILE.svg [SECONDS]"
svg=$1 seconds=${2:-10}
command -v perf >/dev/null || fail "perf is missing; on Debian it is in linux-perf"
processes=$(pgrep -x orderdesk | paste -sd,) || fail "no service runs: start one, or a row of scripts/stress.sh"
scripts/setup.sh profile
recorded=$(mktemp -d)
trap 'rm -rf -- "$recorded"' EXIT
perf record --quiet --output "$recorded/perf.data" --freq 199 --call-graph dwarf,65528 \
    --pid "$processes" -- sleep "$seconds"
perf script --input "$recorded/perf.data" --no-inline 2>/dev/null >"$recorded/samples"
mkdir -p -- "$(dirname -- "$svg")"
inferno-collapse-perf "$recorded/samples" 2>/dev/null |
    inferno-flamegraph --title "$(basename -- "$svg" .svg), $seconds s" --minwidth 0.3 >"$svg"
say "profile: $svg"
