# shellcheck shell=bash
# The project's own PostgreSQL cluster in $LOCAL_DIR/postgres: making, starting
# and stopping it. Sourced after environment.sh and processes.sh.
#
# PG_FSYNC=off and PG_ROLE_OPTIONS=CREATEDB are for tests; PG_EXTRA gives further
# `-c name=value` options to the server.

PGDATA=$LOCAL_DIR/postgres
POSTGRES_PID=
PG_PREFIX=()

postgres_major() { "$1/postgres" --version 2>/dev/null | sed -nE 's/^[^0-9]*([0-9]+).*/\1/p'; }

# postgres_bin_dir [MAJOR]: the newest server that will do, or the one of MAJOR.
postgres_bin_dir() {
    local wanted=${1:-} candidate major best='' best_major=0 on_path
    on_path=$(command -v postgres || true)
    for candidate in "${POSTGRES_BIN_DIR:-}" /usr/lib/postgresql/*/bin "${on_path%/*}" "$EMBEDDED_POSTGRES_DIR/native/bin"; do
        [[ -n $candidate && -x $candidate/postgres && -x $candidate/initdb ]] || continue
        major=$(postgres_major "$candidate")
        ((${major:-0} >= POSTGRES_MIN_MAJOR && major > best_major)) || continue
        [[ -z $wanted || $major == "$wanted" ]] || continue
        best=$candidate best_major=$major
        [[ $candidate != "${POSTGRES_BIN_DIR:-}" ]] || break
    done
    [[ -n $best ]] && printf '%s\n' "$best"
}

# PostgreSQL will not run as root. It then runs as `postgres` or `nobody`, with
# leave to pass through folders that are closed to this user where LOCAL_DIR or
# the server's programs lie below one.
choose_postgres_user() {
    PG_PREFIX=(setpriv --pdeathsig INT)
    ((EUID == 0)) || return 0
    local user=nobody
    ! getent passwd postgres >/dev/null || user=postgres
    PG_OWNER=$(id -u "$user"):$(id -g "$user")
    local plain=(setpriv --reuid "${PG_OWNER%:*}" --regid "${PG_OWNER#*:}" --clear-groups --pdeathsig INT)
    local only_reading='-all,+dac_read_search'
    local caps=(--inh-caps="$only_reading" --ambient-caps="$only_reading" --bounding-set="$only_reading")
    if postgres_can_reach "${plain[@]}"; then
        PG_PREFIX=("${plain[@]}")
    elif postgres_can_reach "${plain[@]}" "${caps[@]}"; then
        PG_PREFIX=("${plain[@]}" "${caps[@]}")
    else
        PG_PREFIX=("${plain[@]}")
        PGDATA=/var/tmp/orderdesk-$(printf '%s' "$LOCAL_DIR" | cksum | cut -d' ' -f1)/postgres
        mkdir -p -- "${PGDATA%/*}"
        say "user $user cannot reach $LOCAL_DIR: PostgreSQL's data goes to $PGDATA"
        postgres_can_reach "${plain[@]}" || fail "user $user cannot reach PostgreSQL's programs in $PG_BIN; set POSTGRES_BIN_DIR"
    fi
}

postgres_can_reach() {
    "$@" ls -- "${PGDATA%/*}" >/dev/null 2>&1 && "$@" "$PG_BIN/postgres" --version >/dev/null 2>&1
}

as_postgres() { (cd / && exec "${PG_PREFIX[@]}" "$@" 9>&-); }

find_postgres() {
    local major=
    [[ ! -f $PGDATA/PG_VERSION ]] || major=$(<"$PGDATA/PG_VERSION")
    PG_BIN=$(postgres_bin_dir "$major") && return 0
    [[ -z $major ]] || fail "the data in $PGDATA needs PostgreSQL $major, which is not here; install it, or run \`make clean-data\` to forget the data"
    fail "no PostgreSQL server (version $POSTGRES_MIN_MAJOR or newer) is here; run scripts/setup.sh services"
}

# A cluster is made beside its place and moved there when it is whole, so an
# interrupted run leaves none that is half-made.
make_postgres_cluster() {
    local fresh=$PGDATA.new log=$LOG_DIR/postgres-initdb.log locale=C
    rm -rf -- "$fresh"
    [[ ! -f $PGDATA/PG_VERSION ]] || return 0
    [[ ! -e $PGDATA ]] || fail "$PGDATA is no PostgreSQL cluster; move it away"
    say "making a PostgreSQL $(postgres_major "$PG_BIN") cluster in $PGDATA"
    ! locale -a 2>/dev/null | grep -qixE 'C\.utf-?8' || locale=C.UTF-8
    mkdir -m 700 -- "$fresh"
    [[ -z ${PG_OWNER:-} ]] || chown "$PG_OWNER" "$fresh"
    local sync=()
    [[ ${PG_FSYNC:-on} == on ]] || sync=(--no-sync)
    as_postgres "$PG_BIN/initdb" -D "$fresh" --username=postgres --encoding=UTF8 --locale="$locale" \
        --auth=reject "${sync[@]}" >"$log" 2>&1 || { show_end_of "$log"; fail "initdb failed"; }
    # Only by password; the superuser has none, so nobody logs in as it.
    printf 'host all all 127.0.0.1/32 scram-sha-256\n' >"$fresh/pg_hba.conf"
    roles_and_database | as_postgres "$PG_BIN/postgres" --single -D "$fresh" -c exit_on_error=on postgres \
        >>"$log" 2>&1 || { show_end_of "$log"; fail "cannot make the role and the database"; }
    mv -T -- "$fresh" "$PGDATA"
}

# One statement a line: that is how PostgreSQL's single-user mode reads them.
roles_and_database() {
    cat deploy/postgres-roles.sql
    [[ -z ${PG_ROLE_OPTIONS:-} ]] || printf 'alter role orderdesk %s;\n' "$PG_ROLE_OPTIONS"
}

# Servers whose pid file is gone or stale are known by their working directory.
processes_in_cluster() {
    local link
    for link in /proc/[0-9]*/cwd; do
        [[ $(readlink -- "$link" 2>/dev/null) == "$1" ]] || continue
        link=${link#/proc/}
        printf '%s\n' "${link%/cwd}"
    done
}

stop_left_over_postgres() {
    local data pid
    stop_left_over postgres 20 INT QUIT
    [[ -d $PGDATA ]] || return 0
    data=$(cd -- "$PGDATA" && pwd -P)
    pid=$(head -n 1 -- "$data/postmaster.pid" 2>/dev/null || true)
    if [[ -n $pid && $(processes_in_cluster "$data" | grep -cx -- "$pid") == 1 ]]; then
        say "PostgreSQL (process $pid) is left over from a run that was killed: stopping it"
        stop_process "$pid" 20 INT QUIT || fail "cannot stop the left-over PostgreSQL, process $pid"
    fi
    # Its children notice within moments that it is gone.
    for pid in $(processes_in_cluster "$data"); do
        stop_process "$pid" 5 QUIT || fail "process $pid still uses $data"
    done
    rm -f -- "$data/postmaster.pid"
}

postgres_accepts() {
    [[ $(sed -n 8p "$PGDATA/postmaster.pid" 2>/dev/null) == ready* ]] && port_is_open 127.0.0.1 "$PGPORT"
}

start_postgres() {
    local options=(
        -c "port=$PGPORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories=
        -c "fsync=${PG_FSYNC:-on}" -c "shared_buffers=${PG_SHARED_BUFFERS:-256MB}" -c max_wal_size=2GB
        -c "max_connections=${PG_MAX_CONNECTIONS:-100}" -c log_timezone=UTC -c 'log_line_prefix=%m [%p] '
    )
    find_postgres
    choose_postgres_user
    stop_left_over_postgres
    need_free_port "$PGPORT" PGPORT PostgreSQL
    make_postgres_cluster
    # shellcheck disable=SC2206 # PG_EXTRA is a list of words
    options+=(${PG_EXTRA:-})
    start_process postgres "$LOG_DIR/postgres.log" "${PG_PREFIX[@]}" "$PG_BIN/postgres" -D "$PGDATA" "${options[@]}"
    POSTGRES_PID=$PROCESS_ID
    wait_until 300 "$POSTGRES_PID" PostgreSQL "$LOG_DIR/postgres.log" postgres_accepts
}

# INT is PostgreSQL's fast shutdown: it ends sessions, then writes a checkpoint.
stop_postgres() {
    [[ -n $POSTGRES_PID ]] || return 0
    stop_process "$POSTGRES_PID" 30 INT QUIT || return 1
    rm -f -- "$RUN_DIR/postgres.pid"
    POSTGRES_PID=
}
