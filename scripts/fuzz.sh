#!/usr/bin/env bash
# Fuzzes the parser of messages: scripts/fuzz.sh [RUNS], one million by default.
# It begins with fuzz/corpus/ and the samples. What it finds goes to
# target/fuzz/found/, and is where the next run goes on; a crash goes to
# fuzz/artifacts/.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

runs=${1:-1000000}
[[ $runs =~ ^[0-9]+$ ]] || fail "usage: scripts/fuzz.sh [RUNS]"
scripts/setup.sh build fuzz
found=target/fuzz/found
mkdir -p "$found"
say "fuzzing orders::parse, $runs runs"
PATH=$CARGO_FUZZ_DIR/bin:$PATH RUSTUP_TOOLCHAIN=$FUZZ_TOOLCHAIN \
    cargo fuzz run --target-dir target/fuzz parse "$found" fuzz/corpus/parse samples -- \
    -runs="$runs" -max_len=8192 -dict=fuzz/parse.dict -print_final_stats=1
