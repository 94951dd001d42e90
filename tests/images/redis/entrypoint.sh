#!/bin/bash
# Starts Redis as the user redis. Inside a container the published ports guard it, not the protected mode, which stays on
# only where the command or its configuration file says so.
set -euo pipefail

if [ $# -gt 0 ] && { [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; }; then set -- redis-server "$@"; fi
if [ "${1:-redis-server}" != redis-server ]; then exec "$@"; fi
shift || true

decided=no
for argument in "$@"; do
    case $argument in
        --version | -v | --help | -h | --test-memory | --check-system) decided=yes ;;
        --protected-mode) decided=yes ;;
        *.conf) if grep -qE '^[[:space:]]*protected-mode' "$argument" 2>/dev/null; then decided=yes; fi ;;
    esac
done
if [ $decided = no ]; then set -- "$@" --protected-mode no; fi

if [ "$(id -u)" = 0 ]; then
    find . \! -user redis -exec chown redis:redis '{}' + 2>/dev/null || true
    exec setpriv --reuid=redis --regid=redis --init-groups redis-server "$@"
fi
exec redis-server "$@"
