#!/bin/sh
# As in the official image: templates are filled in and the scripts of /docker-entrypoint.d run before nginx starts.
set -e

if [ "$1" = nginx ]; then
    for template in /etc/nginx/templates/*.template; do
        [ -f "$template" ] || continue
        names=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/${\1}/p')
        configuration=/etc/nginx/conf.d/$(basename "$template" .template)
        envsubst "$names" <"$template" >"$configuration"
    done
    for script in /docker-entrypoint.d/*.sh; do
        [ -x "$script" ] || continue
        "$script"
    done
fi

exec "$@"
