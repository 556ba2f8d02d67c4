#!/usr/bin/env bash
# Forgets LOCAL_DIR: every order, the channel and the logs. Refuses while in use.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"
source scripts/processes.sh
source scripts/postgres.sh

if [[ ! -e $LOCAL_DIR ]]; then
    say "there is no $LOCAL_DIR"
    exit 0
fi
[[ -e $LOCAL_DIR/lock ]] || fail "$LOCAL_DIR was not made by these scripts; nothing is removed"
lock_local_dir
stop_left_over orderdesk 15 TERM
stop_left_over nats-streaming 15 TERM
if [[ -d $PGDATA ]]; then
    stop_left_over_postgres
fi
# Only what these scripts made: LOCAL_DIR may hold other things.
rm -rf -- "$PGDATA" "$PGDATA.new" "$LOCAL_DIR/nats-streaming" "$LOG_DIR" "$RUN_DIR" "$LOCAL_DIR/samples-published" "$LOCAL_DIR/lock"
rmdir -- "$LOCAL_DIR" 2>/dev/null || say "$LOCAL_DIR holds other files; they stay"
say "the data in $LOCAL_DIR is gone"
