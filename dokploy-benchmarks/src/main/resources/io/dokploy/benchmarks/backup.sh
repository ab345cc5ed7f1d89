#!/usr/bin/env bash
# What somebody would write with the command line tools: a dump of a database into a bucket, and back.
#   backup.sh create|dump|load|drop ENGINE CONTAINER DATABASE OBJECT
set -euo pipefail
engine=$2 container=$3 database=$4 object=$5

inside() { docker exec -i -e MYSQL_PWD "$container" "$@"; }
as_app() { local tool=$1; shift; inside "$tool" --user=app --default-character-set=utf8mb4 "$@"; }
mysql_dump() {
    as_app "$@" --single-transaction --quick --hex-blob --max-allowed-packet=1G --routines --events --triggers "$database"
}

case $engine-$1 in
    POSTGRES-create) inside createdb -U app "$database" ;;
    POSTGRES-drop) inside dropdb -U app "$database" ;;
    MYSQL-create) as_app mysql --execute="CREATE DATABASE $database" ;;
    MYSQL-drop) as_app mysql --execute="DROP DATABASE $database" ;;
    MARIADB-create) as_app mariadb --execute="CREATE DATABASE $database" ;;
    MARIADB-drop) as_app mariadb --execute="DROP DATABASE $database" ;;
    *-dump)
        case $engine in
            POSTGRES) inside pg_dump -U app --format=custom --compress=0 "$database" ;;
            MYSQL) mysql_dump mysqldump --no-tablespaces --set-gtid-purged=OFF ;;
            MARIADB) mysql_dump mariadb-dump ;;
        esac </dev/null | zstd -q -3 -c | ./rclone rcat -q "$object"
        ;;
    *-load)
        ./rclone cat -q "$object" | zstd -q -d -c | case $engine in
            POSTGRES) inside pg_restore -U app --exit-on-error -d "$database" ;;
            MYSQL) as_app mysql --batch --binary-mode --max-allowed-packet=1G "$database" ;;
            MARIADB) as_app mariadb --batch --binary-mode --max-allowed-packet=1G "$database" ;;
        esac
        ;;
esac
