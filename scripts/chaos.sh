#!/usr/bin/env bash
# Publishes orders while servers are killed, frozen, cut off and emptied, and
# looks for every one of them afterwards: scripts/chaos.sh [OPTION…]; QUICK=1 is
# brief. `--help` lists the options.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

TARGET_DIR=$(absolute_path "${CARGO_TARGET_DIR:-target}")
export ORDERDESK_BIN=${ORDERDESK_BIN:-$TARGET_DIR/release/orderdesk}
export ORDERDESK_PUBLISH_BIN=${ORDERDESK_PUBLISH_BIN:-$TARGET_DIR/release/orderdesk-publish}
export CHAOS_DIR=${CHAOS_DIR:-$LOCAL_DIR/chaos}

if [[ ${SKIP_BUILD:-} != 1 ]]; then
    scripts/setup.sh build services chaos
    scripts/build.sh
fi
options=()
[[ ${QUICK:-} != 1 ]] || options+=(--quick)
# Settings of a copy that may run beside are not for this one's servers.
exec env -u DATABASE_URL -u STAN_URL -u STAN_MONITOR_URL -u STAN_CHANNEL -u LISTEN_ADDR \
    cargo run --locked --quiet --package chaos -- "${options[@]}" "$@"
