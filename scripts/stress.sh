#!/usr/bin/env bash
# Measures the release build beside the limits of this machine, and writes
# docs/performance/: scripts/stress.sh [OPTION…]; QUICK=1 is brief, SKIP_BUILD=1
# builds nothing but the harness. `--help` lists the options.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

TARGET_DIR=$(absolute_path "${CARGO_TARGET_DIR:-target}")
export ORDERDESK_BIN=${ORDERDESK_BIN:-$TARGET_DIR/release/orderdesk}
export STRESS_DIR=${STRESS_DIR:-$LOCAL_DIR/stress}

if [[ ${SKIP_BUILD:-} != 1 ]]; then
    scripts/setup.sh build services stress
    scripts/build.sh
fi
cargo build --locked --release --quiet --package bench
options=()
[[ ${QUICK:-} != 1 ]] || options+=(--quick)
# Settings of a copy that may run beside are not for this one's servers.
exec env -u DATABASE_URL -u STAN_URL -u STAN_MONITOR_URL -u STAN_CHANNEL -u LISTEN_ADDR \
    "$TARGET_DIR/release/orderdesk-stress" "${options[@]}" "$@"
