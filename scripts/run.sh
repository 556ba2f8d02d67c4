#!/usr/bin/env bash
# Runs the whole of Orderdesk: set-up, build, PostgreSQL, NATS Streaming, the
# service and, the first time, sample orders. Ctrl-C or SIGTERM stops all of it.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"
source scripts/processes.sh
source scripts/postgres.sh
source scripts/nats-streaming.sh

TARGET_DIR=$(absolute_path "${CARGO_TARGET_DIR:-target}")
ORDERDESK_BIN=${ORDERDESK_BIN:-$TARGET_DIR/release/orderdesk}
PUBLISH_BIN=${PUBLISH_BIN:-$TARGET_DIR/release/orderdesk-publish}
SAMPLES_MARKER=$LOCAL_DIR/samples-published
ORDERDESK_PID='' step_pid='' status_when_stopped=130

# The service first: it commits and acknowledges what it has in hand.
stop_all() {
    local status=$?
    trap '' INT TERM HUP PIPE
    [[ -z $step_pid ]] || kill -TERM -- "-$step_pid" 2>/dev/null || true
    [[ -z $ORDERDESK_PID ]] || say "stopping Orderdesk …"
    stop_orderdesk || status=1
    stop_nats_streaming || status=1
    stop_postgres || status=1
    exit "$status"
}

stop_orderdesk() {
    [[ -n $ORDERDESK_PID ]] || return 0
    stop_process "$ORDERDESK_PID" 15 TERM || return 1
    rm -f -- "$RUN_DIR/orderdesk.pid"
    ORDERDESK_PID=
}

# A long step, as a process group of its own, so that a signal ends it at once.
run_step() {
    local status=0
    setsid "$@" </dev/null 9>&- &
    step_pid=$!
    wait "$step_pid" || status=$?
    step_pid=
    ((status == 0)) || fail "\`$*\` failed; see above"
}

# What a killed run left behind holds the ports too. Better said before the build.
check_ports() {
    stop_left_over orderdesk 15 TERM
    stop_left_over nats-streaming 15 TERM
    stop_left_over_postgres
    [[ $LISTEN_ADDR =~ ^(.+):([0-9]+)$ ]] || fail "LISTEN_ADDR=$LISTEN_ADDR is no address with a port; give one like 127.0.0.1:8080"
    HTTP_HOST=${BASH_REMATCH[1]} HTTP_PORT=${BASH_REMATCH[2]}
    [[ $HTTP_HOST != 0.0.0.0 && $HTTP_HOST != '[::]' ]] || HTTP_HOST=127.0.0.1
    HTTP_HOST=${HTTP_HOST#\[} HTTP_HOST=${HTTP_HOST%\]}
    ! port_is_open "$HTTP_HOST" "$HTTP_PORT" || fail "$LISTEN_ADDR (for the web page) is in use by another program; stop that, or set LISTEN_ADDR to a free one"
    need_free_port "$PGPORT" PGPORT PostgreSQL
    need_free_port "$STAN_PORT" STAN_PORT "NATS Streaming"
    need_free_port "$STAN_MONITOR_PORT" STAN_MONITOR_PORT "NATS Streaming's monitoring"
}

start_orderdesk() {
    [[ -x $ORDERDESK_BIN ]] || fail "$ORDERDESK_BIN is missing; run scripts/build.sh"
    export DATABASE_URL=$LOCAL_DATABASE_URL STAN_URL=$LOCAL_STAN_URL STAN_MONITOR_URL=$LOCAL_STAN_MONITOR_URL
    export SITE_ROOT=${SITE_ROOT:-$TARGET_DIR/site} LEPTOS_OUTPUT_NAME=orderdesk LEPTOS_HASH_FILES=true
    start_process orderdesk - setpriv --pdeathsig TERM "$ORDERDESK_BIN"
    ORDERDESK_PID=$PROCESS_ID
    wait_until 120 "$ORDERDESK_PID" Orderdesk /dev/null orderdesk_is_ready
}

orderdesk_is_ready() { [[ $(http_status "$HTTP_HOST" "$HTTP_PORT" /readyz) == 200 ]]; }

publish_samples() {
    [[ ! -e $SAMPLES_MARKER ]] || return 0
    say "publishing sample orders"
    "$PUBLISH_BIN" --count 50 --seed 1 >/dev/null || fail "the sample orders could not be published"
    "$PUBLISH_BIN" --file samples/model-order.json >/dev/null || fail "the sample order of samples/ could not be published"
    : >"$SAMPLES_MARKER"
}

say_where() {
    local host=$HTTP_HOST settings=''
    [[ $host != *:* ]] || host="[$host]"
    [[ $STAN_PORT == 4222 ]] || settings="STAN_PORT=$STAN_PORT "
    say ""
    say "  Orderdesk is ready. Open   http://$host:$HTTP_PORT"
    say "  More orders                ${settings}make publish ARGS=\"--count 1000 --rate 200\""
    say "  Data and logs              $LOCAL_DIR"
    say "  Stop                       Ctrl-C; the data stays"
    say ""
}

watch_until_one_ends() {
    while true; do
        wait -n "$ORDERDESK_PID" "$NATS_PID" "$POSTGRES_PID" || true
        is_alive "$ORDERDESK_PID" || fail "Orderdesk ended by itself; PostgreSQL and NATS Streaming are being stopped. Start it again with \`make run\`"
        is_alive "$NATS_PID" || { show_end_of "$LOG_DIR/nats-streaming.log"; fail "NATS Streaming ended by itself"; }
        is_alive "$POSTGRES_PID" || { show_end_of "$LOG_DIR/postgres.log"; fail "PostgreSQL ended by itself"; }
    done
}

lock_local_dir
trap stop_all EXIT
trap 'exit "$status_when_stopped"' INT TERM HUP
check_ports
if [[ ${SKIP_BUILD:-} != 1 ]]; then
    run_step scripts/setup.sh build services
    say "building for release (several minutes the first time)"
    run_step scripts/build.sh
fi
status_when_stopped=0
start_postgres
start_nats_streaming
start_orderdesk
publish_samples
say_where
watch_until_one_ends
