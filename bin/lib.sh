# shellcheck shell=bash
# What the scripts beside this file share. Each sources it first, so each works from any folder.

set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=.cache
target="${CARGO_TARGET_DIR:-target}"
mkdir -p "$cache"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# apt_install PACKAGE...: Debian packages, as root; anybody else is told what to install.
apt_install() {
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        fail "this needs $*: install it with your system's package manager (Debian: apt-get install $*)"
    fi
    say "Installing $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$cache/apt.log" 2>&1 ||
        fail "apt-get install $* failed, see $cache/apt.log"
}

# need COMMAND [PACKAGE]: makes sure that a command is there.
need() {
    command -v "$1" >/dev/null || apt_install "${2:-$1}"
}

need_rust() {
    command -v cargo >/dev/null || fail "this needs Rust: install rustup, it takes the version from rust-toolchain.toml"
    command -v cc >/dev/null || apt_install gcc libc6-dev
}

need_node() {
    command -v npm >/dev/null || fail "this needs Node.js 20.19 or newer with npm"
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
        fail "this needs Node.js 20.19 or newer, found $(node --version)"
}

# Where PostgreSQL's server programs are; Debian keeps them off the PATH.
postgres_bin() {
    local dir
    for dir in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) $(dirname "$(command -v initdb || echo /)"); do
        [[ -x $dir/initdb && -x $dir/postgres ]] && echo "$dir" && return
    done
    return 1
}

# start_postgres FOLDER URL_NAME SETTING...: a cluster of its own in a folder, on a socket there only, unless the
# variable URL_NAME names one already; leaves its URL there.
start_postgres() {
    local scratch="$1" variable="$2" home="$1/postgres" settings=(listen_addresses= max_connections=300 "${@:3}")
    [[ -z ${!variable:-} ]] || return 0
    postgres_programs="$(postgres_bin)" || {
        apt_install postgresql
        postgres_programs="$(postgres_bin)"
    }
    chmod 755 "$scratch"
    mkdir "$home"
    as_postgres=()
    if [[ $EUID -eq 0 ]]; then
        chown postgres "$home"
        as_postgres=(runuser -u postgres --)
    fi
    postgres_data="$home/data"
    (
        cd "$home"
        "${as_postgres[@]}" "$postgres_programs/initdb" -D "$postgres_data" -U guildhall -A trust -E UTF8 --locale=C --no-sync
        "${as_postgres[@]}" "$postgres_programs/pg_ctl" start -w -D "$postgres_data" -l "$home/log" \
            -o "-k '$home' ${settings[*]/#/-c }"
    ) >"$scratch/postgres.log" 2>&1 || {
        cat "$scratch/postgres.log" >&2
        fail "PostgreSQL did not start"
    }
    export "$variable=postgresql:///postgres?host=$home&user=guildhall"
}

stop_postgres() {
    [[ -n ${postgres_data:-} ]] || return 0
    "${as_postgres[@]}" "$postgres_programs/pg_ctl" stop -D "$postgres_data" -m immediate >/dev/null 2>&1 || true
}

# What tests hold need not survive a power cut.
test_postgres() {
    start_postgres "$1" GUILDHALL_TEST_POSTGRES_URL fsync=off full_page_writes=off autovacuum=off
}

# packages DIR: npm ci, when its lock file changed since the last time.
packages() {
    local stamp="$1/node_modules/.installed" lock
    lock="$(sha256sum <"$1/package-lock.json")"
    [[ -f $stamp && $(<"$stamp") == "$lock" ]] && return
    say "Installing the packages of $1"
    (cd "$1" && npm ci --no-audit --no-fund)
    echo "$lock" >"$stamp"
}

# fingerprint PATH...: one hash over all source files below.
fingerprint() {
    find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

# bundle DIR: builds ui or widget, when its sources changed since the last time.
bundle() {
    need_node
    packages "$1"
    local stamp="$cache/$1.bundle"
    [[ -d $1/dist && -f $stamp && $(<"$stamp") == "$(fingerprint "$1")" ]] && return
    say "Building $1"
    (cd "$1" && npm run build)
    fingerprint "$1" >"$stamp"
}

# tools: the Python programs of bin/requirements.txt in an environment of their own; leaves their folder in $tools.
tools() {
    tools="$PWD/$cache/tools/bin"
    local stamp="$cache/tools/installed" wanted
    wanted="$(sha256sum <bin/requirements.txt)"
    [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return
    need python3
    say "Installing the tools of bin/requirements.txt"
    rm -rf "$cache/tools"
    python3 -m venv "$cache/tools" 2>/dev/null || {
        apt_install python3-venv
        python3 -m venv --clear "$cache/tools"
    }
    "$tools/pip" install --quiet --disable-pip-version-check -r bin/requirements.txt
    echo "$wanted" >"$stamp"
}
