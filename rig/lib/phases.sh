# shellcheck shell=bash
# For ./verify and ./demo: timed phases whose failures are reported, and Java's place.

phases=()
setup_options=() # for rig/setup: --yes, --no-setup

# phase NAME COMMAND... : runs it, remembers the time it took, ends everything when it fails.
phase() {
    local name=$1 since=$EPOCHSECONDS code=0
    shift
    "$@" || code=$?
    phases+=("$(printf '%5d s  %s' "$((EPOCHSECONDS - since))" "$name")")
    if [ "$code" != 0 ]; then
        print_phases
        printf 'FAILED: %s (exit code %s)\n' "$name" "$code" >&2
        exit "$code"
    fi
}

print_phases() {
    printf '\nTime used:\n' >&2
    printf '%s\n' "${phases[@]}" >&2
}

# beside_setup GROUP COMMAND... : makes the GROUP's images and runs the command meanwhile if that takes longer
# than a moment. Fails when the setup fails; the command's own result is left to what comes after it.
beside_setup() {
    local group=$1 setup tries
    shift
    "$RIG/setup" "${setup_options[@]}" engine || return
    # The engine is ready, so nothing is left that could ask a question.
    "$RIG/setup" "${setup_options[@]}" "$group" </dev/null &
    setup=$!
    for ((tries = 0; tries < 40; tries++)); do
        if [ ! -d "/proc/$setup" ]; then
            wait "$setup"
            return
        fi
        sleep 0.1
    done
    ("$@") </dev/null || :
    wait "$setup"
}

check_java() {
    if [ -z "${JAVA_HOME:-}" ] && ! command -v javac >/dev/null 2>&1; then
        printf 'A JDK, 17 or newer, is needed: put javac into PATH or set JAVA_HOME.\n' >&2
        exit 1
    fi
}
