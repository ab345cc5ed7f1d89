#!/usr/bin/env bash
# The official image's contract: on an empty /data/db a user with all rights is made from MONGO_INITDB_ROOT_USERNAME and
# MONGO_INITDB_ROOT_PASSWORD (or the files that ..._FILE names), scripts of /docker-entrypoint-initdb.d run in
# MONGO_INITDB_DATABASE, then the server starts, with authentication on. Options of mongod that change speed only are
# taken and do nothing; those that this server cannot do are refused.
set -euo pipefail

from_file() {
    local name=$1 file=$1_FILE
    if [ -n "${!file:-}" ]; then
        export "$name"="$(<"${!file}")"
    fi
    unset "$file"
}

serve() {
    FERRETDB_SETUP_USERNAME=${MONGO_INITDB_ROOT_USERNAME:-} FERRETDB_SETUP_PASSWORD=${MONGO_INITDB_ROOT_PASSWORD:-} \
        FERRETDB_SETUP_DATABASE=${MONGO_INITDB_ROOT_USERNAME:+admin} \
        exec ferretdb --handler=sqlite --sqlite-url=file:/data/db/ --state-dir=/data/db --listen-addr="$1" \
        --debug-addr=- --telemetry=disable --log-level=ERROR ${MONGO_INITDB_ROOT_USERNAME:+--test-enable-new-auth}
}

initialise() {
    local script server
    (serve 127.0.0.1:27017) &
    server=$!
    for script in /docker-entrypoint-initdb.d/*; do
        case $script in
            *.js)
                for _ in {1..50}; do
                    mongosh --quiet --norc --nodb --eval "$(login)" --eval 'quit(0)' >/dev/null 2>&1 && break
                    sleep 0.2
                done
                mongosh --quiet --norc --nodb --eval "$(login); use(process.env.MONGO_INITDB_DATABASE || 'test')" --file "$script"
                ;;
        esac
    done
    kill "$server"
    wait "$server" || :
}

login() {
    # shellcheck disable=SC2016
    printf '%s' 'db = connect("mongodb://" + encodeURIComponent(process.env.MONGO_INITDB_ROOT_USERNAME) + ":" +
        encodeURIComponent(process.env.MONGO_INITDB_ROOT_PASSWORD) + "@127.0.0.1:27017/admin"); undefined'
}

if [ "${1:0:1}" = - ]; then
    set -- mongod "$@"
fi

if [ "$1" = mongod ]; then
    for option in "${@:2}"; do
        case $option in
            --replSet* | --keyFile* | --config* | -f)
                echo "the stand-in for mongod (FerretDB) does not know $option" >&2
                exit 2
                ;;
        esac
    done
    if [ "$(id -u)" = 0 ]; then
        find /data/db \! -user mongodb -exec chown mongodb '{}' +
        exec setpriv --reuid=mongodb --regid=mongodb --clear-groups "$0" "$@"
    fi
    from_file MONGO_INITDB_ROOT_USERNAME
    from_file MONGO_INITDB_ROOT_PASSWORD
    if [ ! -e /data/db/state.json ] && compgen -G '/docker-entrypoint-initdb.d/*' >/dev/null; then
        initialise
    fi
    echo "FerretDB, in the place of mongod, listens on port 27017"
    serve 0.0.0.0:27017
fi

exec "$@"
