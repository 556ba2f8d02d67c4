#!/usr/bin/env bash
# Rebuilds and reloads on every change, beside PostgreSQL and NATS Streaming.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"
source scripts/processes.sh
source scripts/postgres.sh
source scripts/nats-streaming.sh

watch_pid=''

# shellcheck disable=SC2329 # the trap calls it
stop_all() {
    local status=$?
    trap '' INT TERM HUP PIPE
    if [[ -n $watch_pid ]] && is_alive "$watch_pid"; then
        stop_process "$watch_pid" 15 INT TERM || status=1
    fi
    stop_nats_streaming || status=1
    stop_postgres || status=1
    exit "$status"
}

scripts/setup.sh build services
lock_local_dir
trap stop_all EXIT
trap 'exit 0' INT TERM HUP
start_postgres
start_nats_streaming
export DATABASE_URL=$LOCAL_DATABASE_URL STAN_URL=$LOCAL_STAN_URL STAN_MONITOR_URL=$LOCAL_STAN_MONITOR_URL
export LEPTOS_SITE_ADDR=$LISTEN_ADDR LEPTOS_RELOAD_PORT=${LEPTOS_RELOAD_PORT:-3001} SITE_ROOT=${SITE_ROOT:-target/site}
start_process cargo-leptos - setpriv --pdeathsig TERM cargo-leptos leptos watch
watch_pid=$PROCESS_ID
wait -n "$watch_pid" "$POSTGRES_PID" "$NATS_PID" || true
fail "the watch, PostgreSQL or NATS Streaming ended; logs are in $LOG_DIR"
