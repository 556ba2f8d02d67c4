#!/usr/bin/env bash
# Runs the project's own PostgreSQL and NATS Streaming in the foreground, until it
# is told to stop. One line on standard output says when they are ready.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"
source scripts/processes.sh
source scripts/postgres.sh
source scripts/nats-streaming.sh

usage() {
    cat <<'USAGE'
usage: scripts/services.sh [--only postgres|nats] [--until-stdin-closes]

  --only NAME            start one of the two
  --until-stdin-closes   stop also when standard input reaches its end, as it
                         does when the program that started this one dies

From the environment: LOCAL_DIR, PGPORT, STAN_PORT, STAN_MONITOR_PORT, and for
tests PG_FSYNC=off, PG_ROLE_OPTIONS=CREATEDB, PG_SHARED_BUFFERS, PG_EXTRA,
STAN_EXTRA (more flags for NATS Streaming).
When ready, it prints one line on standard output, with what it started:

  ready DATABASE_URL=… STAN_URL=… STAN_MONITOR_URL=…
USAGE
}

only='' until_stdin_closes=no watcher=''
while (($#)); do
    case $1 in
    --only)
        only=${2:-}
        [[ $only == postgres || $only == nats ]] || { usage >&2; exit 2; }
        shift
        ;;
    --until-stdin-closes) until_stdin_closes=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done

wanted() { [[ -z $only || $only == "$1" ]]; }

stop_all() {
    local status=$?
    trap '' INT TERM HUP PIPE
    [[ -z $watcher ]] || kill "$watcher" 2>/dev/null || true
    stop_nats_streaming || status=1
    stop_postgres || status=1
    exit "$status"
}

lock_local_dir
trap stop_all EXIT
trap 'exit 0' INT TERM HUP

if [[ $until_stdin_closes == yes ]]; then
    exec 4<&0
    setsid setpriv --pdeathsig KILL cat <&4 >/dev/null 4<&- 9>&- &
    watcher=$!
    exec 4<&-
fi

ready=ready
if wanted postgres; then
    start_postgres
    ready+=" DATABASE_URL=$LOCAL_DATABASE_URL"
fi
if wanted nats; then
    start_nats_streaming
    ready+=" STAN_URL=$LOCAL_STAN_URL STAN_MONITOR_URL=$LOCAL_STAN_MONITOR_URL"
fi
printf '%s\n' "$ready"
[[ $until_stdin_closes == yes ]] || say "data and logs: $LOCAL_DIR · stop with Ctrl-C"

while true; do
    wait -n ${POSTGRES_PID:+"$POSTGRES_PID"} ${NATS_PID:+"$NATS_PID"} ${watcher:+"$watcher"} || true
    [[ -z $watcher ]] || is_alive "$watcher" || exit 0
    for name in ${POSTGRES_PID:+postgres:$POSTGRES_PID} ${NATS_PID:+nats-streaming:$NATS_PID}; do
        is_alive "${name#*:}" && continue
        show_end_of "$LOG_DIR/${name%:*}.log"
        fail "${name%:*} ended by itself"
    done
done
