# What the machine must have: checks, and installs on Debian and Ubuntu. Read by build.sh.
# (No grep -q behind a pipe: it ends the writer early, and pipefail then takes what was found for a failure.)
# shellcheck shell=bash
: "${root:?is set by build.sh}"

state=${XDG_STATE_HOME:-${HOME:-/root}/.local/state}/lettadr
by_hand='Install by hand: Docker engine 20.10 or later with its client and Compose, and debootstrap if no registry can be reached; then start the engine and run this again.'

find_dotnet() {
    local folder
    if ! command -v dotnet >/dev/null; then
        for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet /opt/dotnet; do
            if [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
                export DOTNET_ROOT=$folder PATH=$folder:$PATH
                break
            fi
        done
    fi
    command -v dotnet >/dev/null || die 'the .NET SDK 10 is missing; install it, and see that dotnet is on the PATH'
    if ! dotnet --list-sdks | grep -E '^[1-9][0-9]+\.' >/dev/null; then
        die "the .NET SDK 10 is needed; found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
    fi
    # A machine without ICU would stop the SDK itself; nothing here depends on a culture.
    if command -v ldconfig >/dev/null && ! ldconfig -p 2>/dev/null | grep libicuuc >/dev/null; then
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    fi
}

retry() {
    local left=3
    until "$@"; do
        left=$((left - 1))
        if [ "$left" = 0 ]; then return 1; fi
        say "build: trying again: $*"
        sleep 5
    done
}

has_candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -E '^  Candidate: [^(]' >/dev/null; }
has_compose() { docker compose version >/dev/null 2>&1 || docker-compose version >/dev/null 2>&1; }
engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Prints the packages for what is not there. Names differ between releases: the first known one is taken.
missing_packages() {
    local wanted
    if ! command -v docker >/dev/null || { ! engine_answers && ! command -v dockerd >/dev/null; }; then
        echo docker.io
        # Newer releases keep the client apart.
        if ! command -v docker >/dev/null && has_candidate docker-cli; then echo docker-cli; fi
    fi
    if ! command -v docker >/dev/null || ! has_compose; then
        for wanted in docker-compose-plugin docker-compose-v2 docker-compose; do
            if has_candidate $wanted; then break; fi
        done
        echo $wanted
    fi
    command -v debootstrap >/dev/null || echo debootstrap
    if [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ] && has_candidate debian-archive-keyring; then
        echo debian-archive-keyring
    fi
    command -v iptables >/dev/null || echo iptables
    command -v zstd >/dev/null || echo zstd
    command -v git >/dev/null || echo git
    command -v openssl >/dev/null || echo openssl
    [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
        apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 "$@" >"$state/apt.log" 2>&1
}

install_packages() {
    local packages missing
    missing=$(missing_packages | tr '\n' ' ')
    if [ -z "$missing" ]; then return; fi
    say "build: installing $missing"
    # One list of somebody else's that cannot be read must not stop us: the installation tells whether it mattered.
    retry apt_get update || say "build: apt-get update failed (see $state/apt.log), trying with the lists at hand"
    # Only now does apt know which names there are.
    packages=$(missing_packages | tr '\n' ' ')
    # shellcheck disable=SC2086
    retry apt_get install --no-install-recommends $packages || {
        tail -n 20 "$state/apt.log" >&2
        die "apt-get could not install: $packages"
    }
    hash -r
    command -v docker >/dev/null || die "Docker was installed but its client is not there. $by_hand"
}

start_engine() {
    local waited=0
    if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then
        systemctl start docker >/dev/null 2>&1 || true
    fi
    if ! engine_answers; then
        launch_engine && return
        # In a container or a small kernel the packet filter may be missing; containers on one host do without it.
        if grep -qi iptables "$state/dockerd.log"; then
            say 'build: no packet filter here, starting dockerd without it'
            launch_engine --iptables=false --ip6tables=false && return
        fi
        tail -n 20 "$state/dockerd.log" >&2
        die "dockerd does not start; its log is $state/dockerd.log"
    fi
    until engine_answers; do
        waited=$((waited + 1))
        if [ $waited -gt 120 ]; then die 'the Docker engine was started but does not answer'; fi
        sleep 0.5
    done
}

launch_engine() {
    local job waited=0
    if ! grep -qE '^[^ ]+ /sys/fs/cgroup' /proc/self/mounts; then
        mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || true
    fi
    say "build: starting dockerd (log: $state/dockerd.log)"
    setsid dockerd "$@" >"$state/dockerd.log" 2>&1 &
    job=$!
    until engine_answers; do
        waited=$((waited + 1))
        if [ $waited -gt 180 ] || ! kill -0 $job 2>/dev/null; then return 1; fi
        sleep 0.5
    done
}

# After this the Docker client is there and the engine answers, or the run has ended with a sentence.
install_engine() {
    if [ "$(uname -s)" != Linux ]; then die 'Test and Quickstart need Linux; on other systems use Build, Docs and Package'; fi
    mkdir -p "$state"
    if [ -n "${DOCKER_HOST:-}" ]; then
        command -v docker >/dev/null || die "DOCKER_HOST is set but the docker client is missing. $by_hand"
        engine_answers || die "the Docker engine at DOCKER_HOST=$DOCKER_HOST does not answer; start it, or unset DOCKER_HOST"
        return
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_packages
    elif ! command -v docker >/dev/null || ! has_compose; then
        if [ "$(id -u)" != 0 ]; then
            die "Docker is not complete here and only root can install it: run this as root once. $by_hand"
        fi
        die "this is neither Debian nor Ubuntu, so nothing is installed for you. $by_hand"
    fi
    if engine_answers; then return; fi
    if [ "$(id -u)" != 0 ]; then
        die 'the Docker engine does not answer; start it, or let this user reach it (group docker), or run this as root'
    fi
    command -v dockerd >/dev/null || die "the Docker engine does not answer. $by_hand"
    start_engine
}

make_images() { "$root/tests/images/build.sh" "$@"; }
