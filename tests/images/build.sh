#!/usr/bin/env bash
# Makes the images that the tests and the sandbox run: an image that is present is used, one that can be pulled is pulled,
# any other is built here from Debian packages and gets the same tag.
#
#   tests/images/build.sh [--rebuild] [postgres|postgres-pgbackrest|redis|letta-stand-in|schedulers …]
#
# LETTADR_DEBIAN_MIRROR  Debian mirror to take packages from (default: the one that this machine's apt uses)
# LETTADR_WORK           folder for the file trees while they are made (default: /var/tmp)
set -euo pipefail
export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
unset CDPATH

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
suite=trixie
base_tag=lettadr/debian:$suite
pull_answers_within=15
pull_ends_within=600
label=lettadr.source
all=(postgres postgres-pgbackrest redis letta-stand-in schedulers)

tag_of() {
    case $1 in
        postgres) echo pgvector/pgvector:pg17 ;;
        postgres-pgbackrest) echo lettadr/postgres-pgbackrest:17 ;;
        redis) echo redis:8 ;;
        letta-stand-in) echo lettadr/letta-stand-in:1 ;;
        schedulers) echo lettadr/schedulers:1 ;;
        *) return 1 ;;
    esac
}

# An image that only adds packages to another one: they go on top of the other's, and the rest is the other's as well.
parent_of() { if [ "$1" = postgres-pgbackrest ]; then echo postgres; fi; }

# What an image is made of, by folder: its own and its parent's.
sources_of() { echo "$1" "$(parent_of "$1")"; }

say() { printf '%s\n' "$*"; }
die() { say "images: $*" >&2; exit 1; }
have_image() { docker image inspect "$1" >/dev/null 2>&1; }
hash_of() { (cd "$here" && find "$@" -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12; }

# The suite's mirror as this machine's apt knows it; each candidate is asked for the suite, which also sorts out the sources
# of others and those for updates only. Empty: none, debootstrap has a default.
mirror() {
    local site probe
    # shellcheck disable=SC2016
    local format='$(SITE)'
    if [ -n "${LETTADR_DEBIAN_MIRROR:-}" ]; then
        echo "$LETTADR_DEBIAN_MIRROR"
        return
    fi
    probe=$(mktemp)
    while read -r site; do
        if timeout 30 /usr/lib/apt/apt-helper -o Acquire::Retries=1 \
            download-file "${site%/}/dists/$suite/Release" "$probe" >/dev/null 2>&1; then
            echo "${site%/}"
            break
        fi
    done < <(apt-get indextargets --format "$format" 2>/dev/null | grep -E '^(http|https|file):' | grep -v security | sort -u)
    rm -f "$probe"
}

# debootstrap downloads with wget, which knows the environment's proxy but not apt's.
use_apt_proxy() {
    local found
    if ! command -v apt-config >/dev/null; then return; fi
    eval "$(apt-config shell found Acquire::http::Proxy)"
    if [ -n "${found:-}" ] && [ "$found" != DIRECT ] && [ -z "${http_proxy:-}" ]; then export http_proxy=$found; fi
    found=
    eval "$(apt-config shell found Acquire::https::Proxy)"
    if [ -n "${found:-}" ] && [ "$found" != DIRECT ] && [ -z "${https_proxy:-}" ]; then export https_proxy=$found; fi
}

# Runs a command inside a tree. The mounts live in a name space of their own, so nothing is left when it ends.
in_tree() {
    local tree=$1
    shift
    # shellcheck disable=SC2016
    unshare --mount bash -c '
        tree=$1; shift
        mount --make-rprivate / 2>/dev/null || true
        mount -t proc proc "$tree/proc" 2>/dev/null || true
        mount --bind /dev "$tree/dev" 2>/dev/null || true
        exec chroot "$tree" "$@"' in_tree "$tree" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" "$@"
}

import_tree() {
    tar -C "$1" --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' --exclude='./run/lock/*' \
        -cf - . | docker import - "$2" >/dev/null
}

new_tree() {
    tree=$(mktemp -d "${LETTADR_WORK:-/var/tmp}/lettadr-image.XXXXXX")
    chmod 755 "$tree"
}

drop_tree() {
    if [ -n "${tree:-}" ]; then rm -rf --one-file-system "$tree"; fi
    tree=
}

make_base() {
    local from arguments=() script=/usr/share/debootstrap/scripts/$suite
    if have_image "$base_tag"; then return; fi
    [ "$(id -u)" = 0 ] || die "building images needs root (debootstrap); run as root, or pull them: $(tag_of postgres), $(tag_of redis)"
    command -v debootstrap >/dev/null || die 'debootstrap is missing; install it (apt-get install debootstrap), or pull the images'
    use_apt_proxy
    from=$(mirror)
    if [ ! -e "$script" ]; then arguments=(/usr/share/debootstrap/scripts/sid); fi
    say "images: making $base_tag from Debian packages"
    new_tree
    debootstrap --variant=minbase "$suite" "$tree" ${from:+"$from"} ${from:+"${arguments[@]}"} >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        die "debootstrap $suite failed (mirror: ${from:-its default}); set LETTADR_DEBIAN_MIRROR if this machine uses another"
    }
    cat >"$tree/etc/dpkg/dpkg.cfg.d/small" <<'END'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
END
    printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
    chmod 755 "$tree/usr/sbin/policy-rc.d"
    rm -rf "$tree"/usr/share/{doc,man,info,locale}/* "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* "$tree"/var/log/*
    import_tree "$tree" "$base_tag"
    drop_tree
}

# shellcheck disable=SC2046
packages_of() { echo "lettadr/$1-packages:$(hash_of $(printf '%s/install.sh ' $(sources_of "$1")))"; }

# The packages of an image as an image; made anew only when its install.sh changes, or its parent's.
make_packages() {
    local name=$1 tag=$2 container parent below=$base_tag
    if have_image "$tag"; then return; fi
    parent=$(parent_of "$name")
    if [ -n "$parent" ]; then
        below=$(packages_of "$parent")
        make_packages "$parent" "$below"
    fi
    make_base
    use_apt_proxy
    say "images: installing the packages of $name"
    new_tree
    container=$(docker create "$below" true)
    docker export "$container" | tar -C "$tree" --numeric-owner -xf -
    docker rm "$container" >/dev/null
    rm -f "$tree/.dockerenv" "$tree/etc/resolv.conf"
    cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
    cp -L /etc/hosts "$tree/etc/hosts"
    apt-config dump 2>/dev/null | grep -iE '^Acquire::(http|https)::(Proxy|Timeout)|^Acquire::Retries' \
        >"$tree/etc/apt/apt.conf.d/99machine" || true
    # A mirror behind https may be vouched for by an authority that only this machine knows.
    if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
        install -m 644 /etc/ssl/certs/ca-certificates.crt "$tree/machine-authorities.crt"
        echo 'Acquire::https::CAInfo "/machine-authorities.crt";' >>"$tree/etc/apt/apt.conf.d/99machine"
    fi
    cp "$here/$name/install.sh" "$tree/install.sh"
    in_tree "$tree" bash /install.sh >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        die "installing the packages of $name failed"
    }
    rm -rf "$tree/install.sh" "$tree/machine-authorities.crt" "$tree/etc/apt/apt.conf.d/99machine" "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* \
        "$tree"/var/cache/debconf/*-old "$tree"/var/log/* "$tree"/usr/share/{doc,man,info}/* "$tree"/tmp/*
    : >"$tree/etc/resolv.conf"
    import_tree "$tree" "$tag"
    drop_tree
}

# Ends with success when the registry answered in time and the pull went through.
pull() {
    local started=$SECONDS limit=$pull_answers_within job
    docker pull "$1" >"$log" 2>&1 </dev/null &
    job=$!
    while kill -0 "$job" 2>/dev/null; do
        if grep -q 'Pulling from' "$log"; then limit=$pull_ends_within; fi
        if ((SECONDS - started > limit)); then
            kill "$job" 2>/dev/null || true
            wait "$job" 2>/dev/null || true
            return 1
        fi
        sleep 0.2
    done
    wait "$job"
}

make() {
    local name=$1 tag source packages context known old
    tag=$(tag_of "$name") || die "no image is called '$name'; there are: ${all[*]}"
    # shellcheck disable=SC2046
    source=$(hash_of $(sources_of "$name"))
    context=$(parent_of "$name")
    context=$here/${context:-$name}
    old=
    if have_image "$tag"; then
        known=$(docker image inspect --format "{{with .Config.Labels}}{{index . \"$label\"}}{{end}}" "$tag")
        # Without our label it is the real one, and is left alone.
        if [ "$rebuild" = no ] && { [ -z "$known" ] || [ "$known" = "$source" ]; }; then
            say "images: $tag is there"
            return
        fi
        if [ -n "$known" ]; then old=$(docker image inspect --format '{{.Id}}' "$tag"); fi
    elif [ "${tag%%/*}" != lettadr ] && pull "$tag"; then
        say "images: $tag pulled"
        return
    fi
    packages=$(packages_of "$name")
    if [ "$rebuild" = yes ]; then docker image rm -f "$packages" >/dev/null 2>&1 || true; fi
    make_packages "$name" "$packages"
    # The classic builder is there with every Docker; the newer one may lack its plug-in, and may not see local images.
    DOCKER_BUILDKIT=0 docker build --quiet --build-arg "PACKAGES=$packages" --label "$label=$source" --tag "$tag" \
        "$context" >"$log" 2>&1 ||
        docker build --quiet --build-arg "PACKAGES=$packages" --label "$label=$source" --tag "$tag" \
            "$context" >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        die "docker build of $tag failed"
    }
    if [ -n "$old" ] && [ "$old" != "$(docker image inspect --format '{{.Id}}' "$tag")" ]; then
        docker image rm "$old" >/dev/null 2>&1 || true
    fi
    say "images: $tag built"
}

rebuild=no
names=()
for argument in "$@"; do
    case $argument in
        -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 0 ;;
        --rebuild) rebuild=yes ;;
        -*) die "unknown option $argument; see --help" ;;
        *) names+=("$argument") ;;
    esac
done
if [ ${#names[@]} = 0 ]; then names=("${all[@]}"); fi

command -v docker >/dev/null || die 'the docker client is missing; install Docker first'
docker version >/dev/null 2>&1 || die 'the Docker engine does not answer; start dockerd first'

tree=
log=$(mktemp)
trap 'drop_tree; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# Two builds at once would fight over the same tags.
if command -v flock >/dev/null; then
    exec 9>"${LETTADR_WORK:-/var/tmp}/lettadr-images.lock"
    flock 9
fi
for name in "${names[@]}"; do make "$name"; done
