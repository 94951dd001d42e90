#!/bin/bash
# Starts PostgreSQL as the user postgres; an empty PGDATA is first made into a cluster from POSTGRES_* and
# /docker-entrypoint-initdb.d, through a server that nobody else can reach.
set -euo pipefail

if [ "${1:-postgres}" = postgres ] || [ "${1#-}" != "$1" ]; then
    if [ "${1:-}" = postgres ]; then shift; fi
else
    exec "$@"
fi

for argument in "$@"; do
    case $argument in
        --help | -\? | --version | -V | --describe-config) exec postgres "$@" ;;
    esac
done

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chmod 3777 /var/run/postgresql
    chmod 700 "$PGDATA"
    find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres:postgres '{}' +
    export HOME=/var/lib/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" postgres "$@"
fi

# A value comes from NAME, or from the file that NAME_FILE names (a mounted secret), never from both.
setting() {
    local name=$1 file=$1_FILE value
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        echo "entrypoint: both $name and $file are set; keep one" >&2
        exit 1
    fi
    value=${!name:-${2:-}}
    if [ -n "${!file:-}" ]; then value=$(<"${!file}"); fi
    export "$name=$value"
    unset "$file"
}

# shellcheck disable=SC1090
run_init_file() {
    local file=$1
    echo "entrypoint: running $file"
    case $file in
        *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
        *.sql) as_owner -f "$file" ;;
        *.sql.gz) gzip -dc "$file" | as_owner ;;
        *.sql.xz) xz -dc "$file" | as_owner ;;
        *.sql.zst) zstd -dcq "$file" | as_owner ;;
        *) echo "entrypoint: $file is of no kind that is run here" ;;
    esac
}

as_owner() { psql -X -v ON_ERROR_STOP=1 --no-password -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"; }

make_cluster() {
    local method file quoted=''
    setting POSTGRES_USER postgres
    setting POSTGRES_PASSWORD
    setting POSTGRES_DB "$POSTGRES_USER"
    setting POSTGRES_INITDB_ARGS
    method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    if [ -z "$POSTGRES_PASSWORD" ] && [ "$method" != trust ]; then
        echo 'entrypoint: set POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE); an empty password is only for POSTGRES_HOST_AUTH_METHOD=trust' >&2
        exit 1
    fi
    eval "initdb --username=\"\$POSTGRES_USER\" --auth=trust \
        ${POSTGRES_PASSWORD:+--pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\")} $POSTGRES_INITDB_ARGS"
    printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

    if [ $# -gt 0 ]; then quoted=$(printf ' %q' "$@"); fi
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432$quoted" -w -t 120 start
    if [ "$POSTGRES_DB" != postgres ]; then
        psql -X -v ON_ERROR_STOP=1 --no-password -U "$POSTGRES_USER" -d postgres -v name="$POSTGRES_DB" \
            <<<'CREATE DATABASE :"name";'
    fi
    for file in /docker-entrypoint-initdb.d/*; do
        if [ -f "$file" ]; then run_init_file "$file"; fi
    done
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -m fast -w stop
    echo 'entrypoint: the new cluster is ready'
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then make_cluster "$@"; fi
exec postgres "$@"
