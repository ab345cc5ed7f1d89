#!/bin/sh
# As in the official image: `--flag` and subcommands go to traefik, anything else is a command of its own.
set -e

case "$1" in
    -*) set -- traefik "$@" ;;
    healthcheck | version) set -- traefik "$@" ;;
esac

exec "$@"
