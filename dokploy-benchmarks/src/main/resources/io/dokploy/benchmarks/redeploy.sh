#!/usr/bin/env bash
# What somebody would write with the command line tools: the next version of an application, blue and green behind
# Traefik. Prints how long each step took.
set -euo pipefail
url=$1 version=$2 work=$3 network=$4 routes=$5 owner=$6

last=$(date +%s%N)
took() {
    local now
    now=$(date +%s%N)
    printf '%s %s, ' "$1" $(((now - last) / 1000000))
    last=$now
}

git clone -q --depth 1 "$url" "$work/$version"
took clone
docker buildx build -q --load -t "dokploy-benchmark:$version" "$work/$version" >/dev/null
took build
docker run -d --name "dokploy-benchmark-$version" --network "$network" --label io.dokploy.run=benchmark \
    --label "io.dokploy.run.pid=$owner" "dokploy-benchmark:$version" >/dev/null
took run
address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "dokploy-benchmark-$version")
until curl -fs -o /dev/null "http://$address:3000/healthz"; do sleep 0.02; done
took healthy
cat >"$work/app.yml" <<YAML
http:
  routers:
    app:
      rule: Host(\`app.localhost\`)
      entryPoints: [web]
      service: app
  services:
    app:
      loadBalancer:
        servers:
          - url: http://dokploy-benchmark-$version:3000
YAML
mv "$work/app.yml" "$routes/app.yml"
until curl -s -o /dev/null -D - -H 'Host: app.localhost' "http://127.0.0.1:$7/" | grep -qi "^x-version: $version"; do
    sleep 0.02
done
took switch
