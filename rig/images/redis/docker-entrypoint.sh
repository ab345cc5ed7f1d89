#!/bin/sh
# As in the official image: options and configuration files go to redis-server, which runs as its own user and owns its
# data. Unknown files in the data folder: its owners stay as they are.
set -e

if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
    set -- redis-server "$@"
fi

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    unknown=$(find . -mindepth 1 -maxdepth 1 ! -name '*.rdb' ! -name appendonlydir -print -quit)
    if [ -z "$unknown" ]; then
        find . ! -user redis -exec chown redis:redis '{}' +
    else
        echo "Notice: unknown file '$unknown' found in data dir. Permissions will not be modified."
    fi
    exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi

if [ "$(umask)" = 0022 ]; then
    umask 0077
fi

exec "$@"
