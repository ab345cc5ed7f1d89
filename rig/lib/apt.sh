# shellcheck shell=bash
# Debian packages by way of a package index of the rig's own: the machine's package sources stay as they are.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# The Debian mirror this machine uses, read from its own package sources.
debian_mirror() {
    local codename mirror
    # shellcheck disable=SC1091
    if ! have apt-get || [ "$(. /etc/os-release && printf '%s' "$ID")" != debian ]; then
        die "this machine is not a Debian: install Docker Engine with buildx and compose, and let it get at an image registry"
    fi
    # shellcheck disable=SC1091
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
        awk -v suite="$codename" '$1 == suite { print $2; exit }')
    [ -n "$mirror" ] || die "no Debian mirror in this machine's package sources (looked for '$codename')"
    printf '%s\n' "${mirror%/}"
}

# apt_of SUITE COMMAND... : apt-get that knows the one SUITE only and never touches the machine's state.
apt_of() {
    local suite=$1 dir=$CACHE/apt/$1
    shift
    apt-get -q -y \
        -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::State="$dir/state" -o Dir::State::status="$dir/state/status" -o Dir::Cache="$dir/cache" \
        -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

apt_index() {
    local suite=$1 dir=$CACHE/apt/$1
    mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
    : >"$dir/state/status"
    printf 'deb [signed-by=%s check-valid-until=no] %s %s main\n' \
        "$KEYRING" "$(debian_mirror)" "$suite" >"$dir/sources.list"
    if [ -z "$(find "$dir/fresh" -mmin -720 2>/dev/null)" ]; then
        apt_of "$suite" update && touch "$dir/fresh"
    fi
}

download_and_unpack() {
    local suite=$1 into=${*: -1} deb
    shift
    set -- "${@:1:$#-1}"
    mkdir -p "$into/.debs"
    (cd "$into/.debs" && apt_of "$suite" download "$@") || return
    for deb in "$into"/.debs/*.deb; do
        dpkg -x "$deb" "$into" || return
    done
    rm -rf -- "$into/.debs"
}

# unpacked SUITE NAME PACKAGE... : unpacks packages, without installing them, into $CACHE/unpacked/NAME.
unpacked() {
    local suite=$1 name=$2
    shift 2
    with_lock "unpacked-$name" unpacked_locked "$suite" "$name" "$@"
}

unpacked_locked() {
    local suite=$1 name=$2 folder=$CACHE/unpacked/$2
    shift 2
    if [ ! -d "$folder" ]; then
        mkdir -p "$CACHE/unpacked"
        with_lock "apt-$suite" logged "apt-$suite" apt_index "$suite" || return
        logged "unpack-$name" make_folder "$folder" download_and_unpack "$suite" "$@"
    fi
}

# install_from SUITE PACKAGE... : installs these packages from SUITE and whatever else they need from the
# machine's own release. The machine's package sources and preferences are not changed. What came new is written
# to $CACHE/installed-packages, for undoing it.
install_from() {
    local suite=$1 dir=$CACHE/apt/install codename options
    shift
    # shellcheck disable=SC1091
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    rm -rf -- "$dir/sources" "$dir/preferences"
    mkdir -p "$dir/sources" "$dir/preferences" "$dir/lists/partial"
    cp /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$dir/sources/" 2>/dev/null || :
    cp /etc/apt/sources.list "$dir/sources/machine.list" 2>/dev/null || :
    cp /etc/apt/preferences.d/* "$dir/preferences/" 2>/dev/null || :
    if [ "$suite" != "$codename" ]; then
        printf 'deb [signed-by=%s] %s %s main\n' "$KEYRING" "$(debian_mirror)" "$suite" >"$dir/sources/rig.list"
        printf 'Package: *\nPin: release n=%s\nPin-Priority: 50\n\nPackage: %s\nPin: release n=%s\nPin-Priority: 990\n' \
            "$suite" "$*" "$suite" >"$dir/preferences/00-rig"
    fi
    options=(-q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$dir/sources"
        -o Dir::Etc::preferencesparts="$dir/preferences" -o Dir::State::lists="$dir/lists"
        -o APT::Sandbox::User=root -o Acquire::Languages=none)
    apt-get "${options[@]}" update || return
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }' | sort >"$dir/before"
    DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" -y --no-install-recommends install "$@" || return
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }' | sort |
        comm -13 "$dir/before" - >>"$CACHE/installed-packages"
}
