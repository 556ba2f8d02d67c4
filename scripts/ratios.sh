#!/usr/bin/env bash
# Compares the release build's speed with references that are measured in the
# same run: scripts/ratios.sh [OPTION…]. Fails when a ratio has fallen to half
# of what hotpaths/recorded.json says; `--record` writes that file anew.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

TARGET_DIR=$(absolute_path "${CARGO_TARGET_DIR:-target}")
export ORDERDESK_BIN=${ORDERDESK_BIN:-$TARGET_DIR/release/orderdesk}
export ORDERDESK_PUBLISH_BIN=${ORDERDESK_PUBLISH_BIN:-$TARGET_DIR/release/orderdesk-publish}
export RATIOS_DIR=${RATIOS_DIR:-$LOCAL_DIR/ratios}

if [[ ${SKIP_BUILD:-} != 1 ]]; then
    scripts/setup.sh build services
    scripts/build.sh
fi
# Settings of a copy that may run beside are not for this one's servers.
exec env -u DATABASE_URL -u STAN_URL -u STAN_MONITOR_URL -u STAN_CHANNEL -u LISTEN_ADDR \
    cargo run --locked --release --quiet --package hotpaths --bin orderdesk-ratios -- "$@"
