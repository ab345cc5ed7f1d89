# shellcheck shell=bash
# Images: is it here, can it be pulled, else make the stand-in of rig/images/NAME.
#
# A stand-in's folder holds: tag (the official name), needs (stand-ins it is made from, may be missing), a Dockerfile,
# prepare (optional: gets the build folder as its argument and puts more files into it; may instead make the image),
# and cached (optional: names of files that must lie in the cache folder beside the image).

STAND_IN=io.dokploy.stand-in
RECIPE=io.dokploy.stand-in.recipe
export STAND_IN RECIPE

tag_of() {
    cat "$RIG/images/$1/tag"
}

# Changes when the files of a stand-in, or of one it is made from, change: an old stand-in is made again.
recipe_of() {
    local needed
    {
        if [ -f "$RIG/images/$1/needs" ]; then
            while read -r needed; do
                recipe_of "$needed"
            done <"$RIG/images/$1/needs"
        fi
        (cd "$RIG/images/$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
    } | sha256sum | cut -c1-16
}

# Official images are taken as they are; stand-ins must be of the present recipe.
image_ready() {
    local found file
    if [ -f "$RIG/images/$1/cached" ]; then
        while read -r file; do
            [ -e "$CACHE/$file" ] || return 1
        done <"$RIG/images/$1/cached"
    fi
    found=$(docker image inspect --format "{{with .Config.Labels}}{{index . \"$STAND_IN\"}} {{index . \"$RECIPE\"}}{{end}}" \
        "$(tag_of "$1")" 2>/dev/null) || return 1
    case $found in
        true\ *) [ "$found" = "true $(recipe_of "$1")" ] ;;
        *) return 0 ;;
    esac
}

# Does the engine get at an image registry? It is asked for the smallest image there is, so that its own mirrors and
# proxies count; that the first layer is named is enough. Asked once per run.
registry_reachable() {
    local answer was_here=no
    if [ -z "${RIG_REGISTRY:-}" ]; then
        RIG_REGISTRY=no
        docker image inspect hello-world >/dev/null 2>&1 && was_here=yes
        answer=$(timeout 3 docker pull hello-world 2>&1 </dev/null) || :
        if grep -qE 'fs layer|Already exists|Digest:|toomanyrequests' <<<"$answer"; then
            RIG_REGISTRY=yes
        fi
        [ "$was_here" = yes ] || docker image rm hello-world >/dev/null 2>&1 || :
        export RIG_REGISTRY
    fi
    [ "$RIG_REGISTRY" = yes ]
}

pulled() {
    registry_reachable || return 1
    case $(tag_of "$1") in
        dokploy/*) return 1 ;; # ours, in no registry
    esac
    timeout 300 docker pull -q "$(tag_of "$1")" >"$LOGS/pull-$1.log" 2>&1 </dev/null
}

build_stand_in() {
    local name=$1 tag context=$CACHE/build/$1 argument arguments=()
    tag=$(tag_of "$name")
    rm -rf -- "$context"
    mkdir -p "$context"
    cp -R "$RIG/images/$name/." "$context/"
    if [ -x "$context/prepare" ]; then
        "$context/prepare" "$context" || return
    fi
    if [ -f "$context/Dockerfile" ]; then
        for argument in http_proxy https_proxy no_proxy; do
            if [ -n "${!argument:-}" ]; then
                arguments+=(--build-arg "$argument")
            fi
        done
        docker build --pull=false "${arguments[@]}" --label "$STAND_IN=true" --label "$RECIPE=$(recipe_of "$name")" \
            -t "$tag" "$context" || return
    fi
    rm -rf -- "$context"
}

make_image() {
    local name=$1 needed old since=$EPOCHSECONDS
    image_ready "$name" && return
    if pulled "$name"; then
        say "$(tag_of "$name"): pulled, $((EPOCHSECONDS - since)) s"
        return
    fi
    if [ -f "$RIG/images/$name/needs" ]; then
        while read -r needed; do
            "$RIG/images/make" "$needed" </dev/null || return
        done <"$RIG/images/$name/needs"
    fi
    since=$EPOCHSECONDS
    old=$(docker image inspect --format '{{.Id}}' "$(tag_of "$name")" 2>/dev/null) || :
    logged "image-$name" build_stand_in "$name" || die "the stand-in for $(tag_of "$name") could not be made"
    if [ -n "$old" ]; then
        docker image rm "$old" >/dev/null 2>&1 || : # only succeeds when it has no tag and no container any more
    fi
    say "$(tag_of "$name"): stand-in made, $((EPOCHSECONDS - since)) s"
}
