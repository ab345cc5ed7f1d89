#!/bin/sh
# As in the official image: `server` and `s3` get the image's own folders and log to the container's output.
set -e

command=$1
[ "$#" = 0 ] || shift

case "$command" in
    server)
        exec /usr/bin/weed -logtostderr=true server -dir=/data -volume.max=0 -master.volumePreallocate=false \
            -master.volumeSizeLimitMB=1024 "$@"
        ;;
    *)
        exec /usr/bin/weed -logtostderr=true "$command" "$@"
        ;;
esac
