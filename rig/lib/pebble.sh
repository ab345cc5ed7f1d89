# shellcheck shell=bash
# Let's Encrypt's test server and its DNS server, from their Go module.
# shellcheck source=tools.sh
. "$RIG/lib/tools.sh"

PEBBLE=github.com/letsencrypt/pebble/v2
PEBBLE_VERSION=v2.10.1

# pebble_binary NAME FILE
pebble_binary() {
    local kept=$CACHE/$1-$PEBBLE_VERSION work
    if [ ! -x "$kept" ]; then
        work=$CACHE/go-bin
        mkdir -p "$work"
        export GOBIN=$work
        with_lock pebble with_go install -trimpath -ldflags '-s -w' "$PEBBLE/cmd/$1@$PEBBLE_VERSION"
        mv -- "$work/$1" "$kept"
    fi
    cp "$kept" "$2"
}

# pebble_files FOLDER: the module's test folder, with the certificates that pebble serves by.
pebble_files() {
    local module
    with_go mod download "$PEBBLE@$PEBBLE_VERSION"
    module=$GOPATH/pkg/mod/$PEBBLE@$PEBBLE_VERSION
    mkdir -p "$1"
    cp -R "$module/test/certs" "$module/test/config" "$1/"
    chmod -R u+w "$1"
}
