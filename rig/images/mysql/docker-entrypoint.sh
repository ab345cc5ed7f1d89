#!/usr/bin/env bash
# The official image's contract: on an empty data directory make a system database with MYSQL_ROOT_PASSWORD,
# MYSQL_DATABASE, MYSQL_USER and MYSQL_PASSWORD, run /docker-entrypoint-initdb.d, then start the server. Until then it
# is reached by its socket only.
set -euo pipefail

DATA=/var/lib/mysql
SOCKET=/var/run/mysqld/mysqld.sock

# from_file NAME DEFAULT: NAME, else the content of the file NAME_FILE, else DEFAULT.
from_file() {
    local name=$1 file=$1_FILE
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        echo "error: both $name and $file are set (but are exclusive)" >&2
        exit 1
    fi
    if [ -n "${!file:-}" ]; then
        export "$name"="$(<"${!file}")"
    fi
    export "$name"="${!name:-${2:-}}"
    unset "$file"
}

as_root() {
    MYSQL_PWD=$root_password mysql --protocol=socket -uroot -hlocalhost --socket="$SOCKET" --comments "$@"
}

initialise() {
    local server script tries root_password=''
    if [ -z "$MYSQL_ROOT_PASSWORD" ]; then
        echo '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified' >&2
        exit 1
    fi
    if [ "$MYSQL_USER" = root ]; then
        echo '[ERROR] [Entrypoint]: MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user' >&2
        exit 1
    fi
    echo '[Note] [Entrypoint]: Initializing database files'
    "$@" --initialize-insecure --default-time-zone=SYSTEM
    "$@" --skip-networking --default-time-zone=SYSTEM --mysqlx=OFF --socket="$SOCKET" &
    server=$!
    for ((tries = 0; tries < 300; tries++)); do
        as_root --database=mysql -e 'SELECT 1' >/dev/null 2>&1 && break
        kill -0 "$server" || exit 1
        sleep 0.1
    done
    # As in the official image, what is quoted here is quoted badly: a quote in a password breaks it.
    as_root --database=mysql <<SQL
ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
DROP DATABASE IF EXISTS test;
SQL
    root_password=$MYSQL_ROOT_PASSWORD
    if [ "$MYSQL_ROOT_HOST" != localhost ]; then
        as_root --database=mysql <<SQL
CREATE USER 'root'@'$MYSQL_ROOT_HOST' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
GRANT ALL ON *.* TO 'root'@'$MYSQL_ROOT_HOST' WITH GRANT OPTION;
SQL
    fi
    if [ -n "$MYSQL_DATABASE" ]; then
        as_root --database=mysql <<<"CREATE DATABASE IF NOT EXISTS \`$MYSQL_DATABASE\`;"
    fi
    if [ -n "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
        as_root --database=mysql <<<"CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';"
        if [ -n "$MYSQL_DATABASE" ]; then
            as_root --database=mysql <<<"GRANT ALL ON \`${MYSQL_DATABASE//_/\\_}\`.* TO '$MYSQL_USER'@'%';"
        fi
    fi
    for script in /docker-entrypoint-initdb.d/*; do
        # shellcheck disable=SC1090 # scripts of the user, as in the official image
        case $script in
            *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
            *.sql) as_root ${MYSQL_DATABASE:+--database="$MYSQL_DATABASE"} <"$script" ;;
            *.sql.gz) gunzip -c "$script" | as_root ${MYSQL_DATABASE:+--database="$MYSQL_DATABASE"} ;;
        esac
    done
    MYSQL_PWD=$root_password mysqladmin shutdown -uroot --socket="$SOCKET"
    wait "$server"
    echo '[Note] [Entrypoint]: MySQL init process done. Ready for start up.'
}

if [ "${1:0:1}" = - ]; then
    set -- mysqld "$@"
fi

if [ "$1" = mysqld ]; then
    from_file MYSQL_ROOT_HOST %
    from_file MYSQL_DATABASE
    from_file MYSQL_USER
    from_file MYSQL_PASSWORD
    from_file MYSQL_ROOT_PASSWORD
    if [ "$(id -u)" = 0 ]; then
        mkdir -p "$DATA"
        find "$DATA" \! -user mysql -exec chown mysql '{}' +
        exec setpriv --reuid=mysql --regid=mysql --init-groups env HOME="$DATA" "$0" "$@"
    fi
    if [ ! -d "$DATA/mysql" ]; then
        initialise "$@"
    fi
fi

exec "$@"
