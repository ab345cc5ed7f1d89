# shellcheck shell=bash
# Shared by every rig script: the cache folder, progress lines, questions, locks.

RIG=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${DOKPLOY_RIG_CACHE:-${HOME:?HOME is not set}/.cache/dokploy-rig}
LOGS=$CACHE/log
RIG_STARTED=${RIG_STARTED:-$EPOCHSECONDS}
export RIG CACHE LOGS RIG_STARTED

mkdir -p "$LOGS"

say() {
    printf '[rig %3ds] %s\n' "$((EPOCHSECONDS - RIG_STARTED))" "$*" >&2
}

die() {
    say "FAILED: $*"
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# Says what is going to change on this machine and why; asks at a terminal.
# RIG_NO_SETUP=1 refuses, RIG_YES=1 or CI=true does not ask.
permit() {
    local what=$1 why=$2 answer
    if [ "${RIG_NO_SETUP:-0}" = 1 ]; then
        die "needed, but --no-setup was given: $what ($why)"
    fi
    if [ "$(id -u)" != 0 ]; then
        die "this needs root: $what ($why)"
    fi
    say "about to: $what"
    say "     why: $why"
    if [ -t 0 ] && [ "${RIG_YES:-0}" != 1 ] && [ "${CI:-}" != true ]; then
        read -r -p "Do it? [y/N] " answer
        case $answer in
            y | Y | yes) ;;
            *) die "not permitted: $what" ;;
        esac
    fi
}

# with_lock NAME COMMAND... : one at a time on this machine. The command runs in a subshell;
# daemons it starts must close descriptor 9, or they would hold the lock for ever.
with_lock() (
    local lock=$1
    shift
    mkdir -p "$CACHE/lock"
    exec 9>"$CACHE/lock/$lock"
    if ! flock -n 9; then
        say "$lock: another run is at it, waiting"
        flock 9
    fi
    "$@"
)

# logged NAME COMMAND... : output goes to a log file, its end is shown only when the command fails.
logged() {
    local log=$LOGS/$1.log code=0
    shift
    "$@" >"$log" 2>&1 </dev/null || code=$?
    if [ "$code" != 0 ]; then
        tail -n 25 "$log" >&2
        say "exit code $code; the whole log: $log"
    fi
    return "$code"
}

# make_folder FOLDER COMMAND... : fills FOLDER.new and moves it into place only when all of it worked.
make_folder() {
    local folder=$1
    shift
    rm -rf -- "$folder.new"
    mkdir -p -- "$folder.new"
    "$@" "$folder.new" || return
    rm -rf -- "$folder"
    mv -- "$folder.new" "$folder"
}
