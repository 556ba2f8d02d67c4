#!/usr/bin/env bash
# Publishes orders to the NATS Streaming server of this LOCAL_DIR's ports.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

publisher=$(absolute_path "${CARGO_TARGET_DIR:-target}")/release/orderdesk-publish
[[ -x $publisher ]] || cargo build --release --locked --package publisher
export STAN_URL=${STAN_URL:-$LOCAL_STAN_URL}
exec "$publisher" "$@"
