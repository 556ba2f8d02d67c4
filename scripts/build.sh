#!/usr/bin/env bash
# Builds what `make run` runs, for release: the service with its site, and the
# publisher. Where nothing has changed since, it leaves them as they are.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

TARGET_DIR=$(absolute_path "${CARGO_TARGET_DIR:-target}")
STAMP=$TARGET_DIR/release/orderdesk-built

# Everything that goes into the build, as one sum.
sum_of_sources() {
    {
        printf '%s\n' "$CARGO_LEPTOS_VERSION" "$BINARYEN_VERSION" "${RUSTFLAGS:-}"
        find Cargo.toml Cargo.lock rust-toolchain.toml orders app frontend server publisher precompress migrations style \
            -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum --
    } | sha256sum
}

# What came out, and that nobody has touched it since.
state_of_results() {
    local release=$TARGET_DIR/release kind hash
    stat --format '%n %s %Y' -- "$release/orderdesk" "$release/orderdesk-publish" "$release/hash.txt"
    while IFS=': ' read -r kind hash; do
        stat --format '%n %s' -- "$TARGET_DIR/site/pkg/orderdesk.$hash.$kind"{,.br,.gz,.zst}
    done <"$release/hash.txt"
}

build_stamp() { sum_of_sources && state_of_results; }

# cargo-leptos empties the site's folder first: two builds would spoil each other's.
mkdir -p -- "$TARGET_DIR"
exec 8>"$TARGET_DIR/.orderdesk-build.lock"
if ! flock --nonblock 8; then
    say "another build of this clone is running; waiting for it"
    flock 8
fi

if [[ -f $STAMP && $(build_stamp 2>/dev/null) == "$(<"$STAMP")" ]]; then
    say "nothing has changed since the last release build"
    exit 0
fi
rm -f -- "$STAMP"
sources=$(sum_of_sources)
cargo leptos build --release --precompress --cargo-locked
cargo build --release --locked --package publisher --package precompress
"$TARGET_DIR/release/precompress" "$TARGET_DIR/site/pkg"
printf '%s\n%s\n' "$sources" "$(state_of_results)" >"$STAMP"
