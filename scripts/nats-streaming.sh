# shellcheck shell=bash
# The project's own NATS Streaming server, its store in $LOCAL_DIR/nats-streaming:
# starting and stopping it. Sourced after environment.sh and processes.sh.

NATS_PID=

nats_answers() { [[ $(http_status 127.0.0.1 "$STAN_MONITOR_PORT" /streaming/serverz) == 200 ]] && port_is_open 127.0.0.1 "$STAN_PORT"; }

start_nats_streaming() {
    command -v nats-streaming-server >/dev/null || fail "nats-streaming-server is not here; run scripts/setup.sh services"
    stop_left_over nats-streaming 15 TERM
    need_free_port "$STAN_PORT" STAN_PORT "NATS Streaming"
    need_free_port "$STAN_MONITOR_PORT" STAN_MONITOR_PORT "NATS Streaming's monitoring"
    local extra=()
    read -ra extra <<<"${STAN_EXTRA:-}"
    start_process nats-streaming "$LOG_DIR/nats-streaming.log" \
        setpriv --pdeathsig TERM nats-streaming-server --config deploy/nats-streaming.conf \
        --cluster_id "$STAN_CLUSTER" --dir "$LOCAL_DIR/nats-streaming" \
        --addr 127.0.0.1 --port "$STAN_PORT" --http_port "$STAN_MONITOR_PORT" "${extra[@]}"
    NATS_PID=$PROCESS_ID
    wait_until 300 "$NATS_PID" "NATS Streaming" "$LOG_DIR/nats-streaming.log" nats_answers
}

stop_nats_streaming() {
    [[ -n $NATS_PID ]] || return 0
    stop_process "$NATS_PID" 15 TERM || return 1
    rm -f -- "$RUN_DIR/nats-streaming.pid"
    NATS_PID=
}
