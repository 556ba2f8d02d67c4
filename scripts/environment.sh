# shellcheck shell=bash disable=SC2034
# Where this clone's tools, data and ports are. Sourced by every other script;
# whatever is set in the environment already is kept.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
cd -- "$ROOT" || exit

# Settings of the user's own, where the environment does not give them.
load_dotenv() {
    local line name
    [[ -f .env ]] || return 0
    while IFS= read -r line || [[ -n $line ]]; do
        [[ $line =~ ^[A-Z_][A-Z0-9_]*= ]] || continue
        name=${line%%=*}
        [[ -v $name ]] || export "$name=${line#*=}"
    done <.env
}
load_dotenv

# shellcheck source=scripts/versions.env
source scripts/versions.env

say() { printf '%s\n' "$*" >&2; }

fail() {
    printf 'orderdesk: %s\n' "$*" >&2
    exit 1
}

absolute_path() {
    if [[ $1 == /* ]]; then printf '%s\n' "$1"; else printf '%s/%s\n' "$ROOT" "$1"; fi
}

# The version a crate has in Cargo.lock.
locked_version() {
    awk -v name="\"$1\"" '$1 == "name" { found = ($3 == name) }
        found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

cache_home=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}
TOOLS_DIR=$(absolute_path "${TOOLS_DIR:-$cache_home/orderdesk/tools}")
LOCAL_DIR=$(absolute_path "${LOCAL_DIR:-.local}")
export TOOLS_DIR LOCAL_DIR

export PGPORT=${PGPORT:-5432}
export STAN_PORT=${STAN_PORT:-4222}
export STAN_MONITOR_PORT=${STAN_MONITOR_PORT:-8222}
export LISTEN_ADDR=${LISTEN_ADDR:-127.0.0.1:8080}
export STAN_CLUSTER=${STAN_CLUSTER:-orderdesk}

LOCAL_DATABASE_URL=postgres://orderdesk:orderdesk@127.0.0.1:$PGPORT/orderdesk
LOCAL_STAN_URL=nats://127.0.0.1:$STAN_PORT
LOCAL_STAN_MONITOR_URL=http://127.0.0.1:$STAN_MONITOR_PORT

# cargo-leptos takes the executable for named after its package otherwise.
export LEPTOS_BIN_EXE_NAME=orderdesk

WASM_BINDGEN_VERSION=$(locked_version wasm-bindgen)
CARGO_LEPTOS_DIR=$TOOLS_DIR/cargo-leptos-$CARGO_LEPTOS_VERSION
WASM_BINDGEN_DIR=$TOOLS_DIR/wasm-bindgen-cli-$WASM_BINDGEN_VERSION
BINARYEN_DIR=$TOOLS_DIR/binaryen-$BINARYEN_VERSION
NATS_STREAMING_DIR=$TOOLS_DIR/nats-streaming-server-$NATS_STREAMING_VERSION
EMBEDDED_POSTGRES_DIR=$TOOLS_DIR/embedded-postgres-$EMBEDDED_POSTGRES_VERSION
CARGO_FUZZ_DIR=$TOOLS_DIR/cargo-fuzz-$CARGO_FUZZ_VERSION
INFERNO_DIR=$TOOLS_DIR/inferno-$INFERNO_VERSION
VEGETA_DIR=$TOOLS_DIR/vegeta-$VEGETA_VERSION

# The pinned tools come first; what was there before still finds itself.
machine_path=$PATH:${CARGO_HOME:-${HOME:-/}/.cargo}/bin:/usr/local/go/bin:/usr/lib/go/bin
PATH=$CARGO_LEPTOS_DIR/bin:$WASM_BINDGEN_DIR/bin:$BINARYEN_DIR/bin:$NATS_STREAMING_DIR:$VEGETA_DIR:$INFERNO_DIR/bin:$machine_path
export PATH

# The browser of the end-to-end tests.
chromium_path() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [[ -n $name ]] && command -v "$name" && return 0
    done
    return 1
}
