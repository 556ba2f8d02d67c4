#!/usr/bin/env bash
# The quick checks: formatting, lints and types. `--fix` mends what can be mended.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

clippy() { cargo clippy "$@" --workspace --exclude frontend --all-targets -- -D warnings; }
clippy_wasm() { cargo clippy "$@" --package frontend --target wasm32-unknown-unknown --target-dir target/front -- -D warnings; }

if [[ ${1:-} == --fix ]]; then
    clippy --fix --allow-dirty --allow-staged
    clippy_wasm --fix --allow-dirty --allow-staged
    cargo fmt --all
    exit
fi
cargo fmt --all --check
clippy
clippy_wasm
if [[ -d end2end/node_modules ]]; then
    npm --prefix end2end run lint
    npm --prefix end2end run typecheck
else
    say "end2end/ is not checked: its packages are not installed (scripts/setup.sh browser)"
fi
