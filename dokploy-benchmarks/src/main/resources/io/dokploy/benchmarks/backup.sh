#!/usr/bin/env bash
# What somebody would write with the command line tools: a dump of a database into a bucket, and back.
#   backup.sh dump|load CONTAINER DATABASE OBJECT
set -euo pipefail
container=$2 database=$3 object=$4

case $1 in
    dump)
        docker exec "$container" pg_dump -U app --format=custom --compress=0 "$database" | zstd -q -3 -c | ./rclone rcat -q "$object"
        ;;
    load)
        ./rclone cat -q "$object" | zstd -q -d -c | docker exec -i "$container" pg_restore -U app --exit-on-error -d "$database"
        ;;
esac
