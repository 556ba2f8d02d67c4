# shellcheck shell=bash
# Starting, recognising and stopping server processes. Sourced.
#
# Each server is a session of its own, so that the terminal's Ctrl-C does not
# reach it before its turn, and is told by the kernel when its script dies.
# Its pid file holds pid, start time and boot: no other process is mistaken for it.

RUN_DIR=$LOCAL_DIR/run
LOG_DIR=$LOCAL_DIR/logs

need_linux_tools() {
    local tool
    for tool in setsid setpriv flock; do
        command -v "$tool" >/dev/null || fail "\`$tool\` is missing; it is part of util-linux, and these scripts need Linux"
    done
}

# Only one script at a time runs servers on a LOCAL_DIR. Children must not
# inherit descriptor 9, or a left-over server would keep the lock.
lock_local_dir() {
    need_linux_tools
    mkdir -p -- "$LOCAL_DIR" "$RUN_DIR" "$LOG_DIR" || fail "cannot write LOCAL_DIR=$LOCAL_DIR; set LOCAL_DIR to a folder of your own"
    exec 9>"$LOCAL_DIR/lock"
    flock --nonblock 9 || fail "another run is using LOCAL_DIR=$LOCAL_DIR; stop it, or set another LOCAL_DIR (and other ports)"
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# Start time of a living process, in clock ticks since boot; fails for a dead one.
start_time_ticks() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra stat <<<"${stat##*) }"
    [[ ${stat[0]} != [ZX] ]] || return 1
    printf '%s\n' "${stat[19]}"
}

# is_alive PID [TICKS]
is_alive() {
    local ticks
    ticks=$(start_time_ticks "$1") && [[ -z ${2:-} || $ticks == "$2" ]]
}

# start_process NAME LOG COMMAND…: sets PROCESS_ID. LOG `-` is the terminal.
start_process() {
    local name=$1 log=$2
    shift 2
    if [[ $log == - ]]; then
        setsid "$@" </dev/null 9>&- &
    else
        setsid "$@" </dev/null >>"$log" 2>&1 9>&- &
    fi
    PROCESS_ID=$!
    printf '%s %s %s\n' "$PROCESS_ID" "$(start_time_ticks "$PROCESS_ID" || echo 0)" "$(boot_id)" >"$RUN_DIR/$name.pid"
}

# stop_process PID SECONDS SIGNAL…: each signal gets SECONDS to work, then KILL.
stop_process() {
    local pid=$1 seconds=$2 signal ticks step
    shift 2
    ticks=$(start_time_ticks "$pid") || return 0
    for signal in "$@" KILL; do
        kill "-$signal" "$pid" 2>/dev/null || true
        for ((step = 0; step < seconds * 20; step++)); do
            is_alive "$pid" "$ticks" || return 0
            sleep 0.05
        done
        say "process $pid did not end within $seconds s of SIG$signal"
    done
    return 1
}

# The pid of a server that an earlier, killed script left running.
left_over() {
    local pid ticks boot
    read -r pid ticks boot 2>/dev/null <"$RUN_DIR/$1.pid" || return 1
    [[ $boot == "$(boot_id)" ]] && is_alive "$pid" "$ticks" || return 1
    printf '%s\n' "$pid"
}

# stop_left_over NAME SECONDS SIGNAL…
stop_left_over() {
    local name=$1 pid
    shift
    if pid=$(left_over "$name"); then
        say "$name (process $pid) is left over from a run that was killed: stopping it"
        stop_process "$pid" "$@" || fail "cannot stop the left-over $name, process $pid"
    fi
    rm -f -- "$RUN_DIR/$name.pid"
}

port_is_open() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# need_free_port PORT VARIABLE WHAT-FOR
need_free_port() {
    [[ $1 =~ ^[1-9][0-9]{0,4}$ && $1 -lt 65536 ]] || fail "$2=$1 is no port number; give one from 1 to 65535"
    ! port_is_open 127.0.0.1 "$1" || fail "port $1 (for $3) is in use by another program; stop that, or set $2 to a free port"
}

# The status code of an HTTP GET, or nothing.
http_status() { # host port path
    local line=
    {
        exec 3<>"/dev/tcp/$1/$2" || return 1
        printf 'GET %s HTTP/1.0\r\nHost: %s:%s\r\n\r\n' "$3" "$1" "$2" >&3
        read -r -t 3 line <&3 || true
        exec 3>&-
    } 2>/dev/null
    [[ $line =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# wait_until SECONDS PID NAME LOG CONDITION…
wait_until() {
    local seconds=$1 pid=$2 name=$3 log=$4 deadline
    shift 4
    deadline=$((SECONDS + seconds))
    until "$@"; do
        if ! is_alive "$pid"; then
            show_end_of "$log"
            fail "$name ended while starting"
        fi
        if ((SECONDS >= deadline)); then
            show_end_of "$log"
            fail "$name was not ready within $seconds s"
        fi
        sleep 0.05
    done
}

show_end_of() {
    [[ -f $1 ]] || return 0
    say "the last lines of $1:"
    tail -n 15 -- "$1" >&2
}
