#!/usr/bin/env bash
# Builds what `make run` runs, for release: the service with its site, and the publisher.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

cargo leptos build --release --precompress --cargo-locked
cargo build --release --locked --package publisher
