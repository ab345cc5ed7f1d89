#!/usr/bin/env bash
# The official image's contract: on an empty data directory make a system database with MARIADB_ROOT_PASSWORD,
# MARIADB_DATABASE, MARIADB_USER and MARIADB_PASSWORD (or MYSQL_...), run /docker-entrypoint-initdb.d, then start the
# server. Until then it is reached by its socket only.
set -euo pipefail

DATA=/var/lib/mysql
SOCKET=/run/mysqld/mysqld.sock

# from_file NAME DEFAULT: MARIADB_NAME, else the content of the file MARIADB_NAME_FILE, the same with MYSQL_, else DEFAULT.
from_file() {
    local prefix name file value=
    for prefix in MARIADB MYSQL; do
        name=${prefix}_$1 file=${prefix}_$1_FILE
        if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
            echo "error: both $name and $file are set (but are exclusive)" >&2
            exit 1
        fi
        if [ -z "$value" ]; then
            value=${!name:-}
            [ -z "${!file:-}" ] || value=$(<"${!file}")
        fi
        unset "$file"
    done
    export "MARIADB_$1"="${value:-${2:-}}"
}

as_root() {
    MYSQL_PWD=$root_password mariadb --skip-ssl --protocol=socket -uroot -hlocalhost --socket="$SOCKET" --comments "$@"
}

escaped() {
    local text=${1//\\/\\\\}
    printf '%s' "${text//\'/\\\'}"
}

initialise() {
    local server script tries root_password='' password
    if [ -z "$MARIADB_ROOT_PASSWORD" ]; then
        echo '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified' >&2
        exit 1
    fi
    echo '[Note] [Entrypoint]: Initializing database files'
    mariadb-install-db --datadir="$DATA" --rpm --auth-root-authentication-method=normal --skip-test-db \
        --old-mode='UTF8_IS_UTF8MB3' --default-time-zone=SYSTEM --enforce-storage-engine= \
        --skip-log-bin --expire-logs-days=0 --loose-innodb_buffer_pool_load_at_startup=0 >/dev/null
    "$@" --skip-networking --default-time-zone=SYSTEM --socket="$SOCKET" --wsrep_on=OFF --expire-logs-days=0 \
        --skip-slave-start --loose-innodb_buffer_pool_load_at_startup=0 &
    server=$!
    for ((tries = 0; tries < 300; tries++)); do
        as_root --database=mysql -e 'SELECT 1' >/dev/null 2>&1 && break
        kill -0 "$server" || exit 1
        sleep 0.1
    done
    password=$(escaped "$MARIADB_ROOT_PASSWORD")
    as_root --database=mysql <<SQL
SET PASSWORD FOR 'root'@'localhost' = PASSWORD('$password');
DROP USER IF EXISTS root@'127.0.0.1', root@'::1';
EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS root@\'', @@hostname, '\'');
SQL
    root_password=$MARIADB_ROOT_PASSWORD
    if [ "$MARIADB_ROOT_HOST" != localhost ]; then
        as_root --database=mysql <<SQL
CREATE USER 'root'@'$MARIADB_ROOT_HOST' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO 'root'@'$MARIADB_ROOT_HOST' WITH GRANT OPTION;
SQL
    fi
    if [ -n "$MARIADB_DATABASE" ]; then
        as_root --database=mysql <<<"CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;"
    fi
    if [ -n "$MARIADB_USER" ] && [ -n "$MARIADB_PASSWORD" ]; then
        as_root --database=mysql <<<"CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY '$(escaped "$MARIADB_PASSWORD")';"
        if [ -n "$MARIADB_DATABASE" ]; then
            as_root --database=mysql <<<"GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO '$MARIADB_USER'@'%';"
        fi
    fi
    for script in /docker-entrypoint-initdb.d/*; do
        # shellcheck disable=SC1090 # scripts of the user, as in the official image
        case $script in
            *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
            *.sql) as_root ${MARIADB_DATABASE:+--database="$MARIADB_DATABASE"} <"$script" ;;
            *.sql.gz) gunzip -c "$script" | as_root ${MARIADB_DATABASE:+--database="$MARIADB_DATABASE"} ;;
        esac
    done
    kill "$server"
    wait "$server"
    echo '[Note] [Entrypoint]: MariaDB init process done. Ready for start up.'
}

if [ "${1:0:1}" = - ]; then
    set -- mariadbd "$@"
fi

if [ "$1" = mariadbd ] || [ "$1" = mysqld ]; then
    from_file ROOT_HOST %
    from_file DATABASE
    from_file USER
    from_file PASSWORD
    from_file ROOT_PASSWORD
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
