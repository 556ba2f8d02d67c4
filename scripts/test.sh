#!/usr/bin/env bash
# Passes every test, from formatting to the browser; ends at the first that fails.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

current='' step_started=0

# step NAME COMMAND…
step() {
    current=$1 step_started=$SECONDS
    shift
    printf '\n== %s\n' "$current"
    "$@"
    printf '== %s: passed in %d s\n' "$current" $((SECONDS - step_started))
    current=''
}

report() {
    local status=$?
    if [[ -n $current ]]; then
        printf '\nFAILED: %s (exit code %d, after %d s)\n' "$current" "$status" $((SECONDS - step_started)) >&2
    elif ((status == 0)); then
        printf '\nEvery test passed in %d min %d s.\n' $((SECONDS / 60)) $((SECONDS % 60))
    fi
}
trap report EXIT
trap 'exit 130' INT TERM HUP

check_scripts() {
    local script
    for script in scripts/*.sh .ci/run; do bash -n "$script"; done
    if command -v shellcheck >/dev/null; then
        (cd scripts && shellcheck --external-sources --source-path=.. ./*.sh ../.ci/run)
    fi
}

# What a reader downloads once, after Brotli, in bytes (docs/adr/0006-islands.md).
site_sizes() {
    local kind limit size
    for kind in wasm js css; do
        limit=15000
        [[ $kind != wasm ]] || limit=200000
        size=$(stat --format %s -- "${CARGO_TARGET_DIR:-target}"/site/pkg/orderdesk.*."$kind".br)
        say "$kind: $size bytes of at most $limit"
        ((size <= limit)) || return 1
    done
}

browser_tests() {
    CHROMIUM=$(chromium_path)
    export CHROMIUM
    (cd end2end && npx --no-install playwright test)
}

step 'set-up' scripts/setup.sh build services browser chaos
step 'scripts' check_scripts
step 'rustfmt' cargo fmt --all --check
step 'clippy' cargo clippy --locked --workspace --exclude frontend --all-targets -- -D warnings
step 'clippy for WASM' cargo clippy --locked --package frontend --target wasm32-unknown-unknown --target-dir target/front -- -D warnings
step 'unit, property and integration tests' cargo test --locked --workspace --exclude frontend
step 'release build' scripts/build.sh
step 'sizes' site_sizes
step 'ratios' env SKIP_BUILD=1 scripts/ratios.sh
step 'faults' env QUICK=1 SKIP_BUILD=1 scripts/chaos.sh
step 'TypeScript: lint' npm --prefix end2end run lint
step 'TypeScript: types' npm --prefix end2end run typecheck
step 'browser tests' browser_tests
