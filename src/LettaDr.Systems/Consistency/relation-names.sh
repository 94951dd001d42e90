# Prints which relation each file of a database belongs to: lettadr|file|kind|name. The data directory is only read: a copy of
# the catalogue, without any table's rows, is asked by a backend alone. $1: data directory, $2: database.
copy=$(mktemp -d)
cd "$1"
redo=$(pg_controldata -D "$1" | sed -n 's/.*REDO WAL file: *//p')
for folder in pg_wal/archive_status pg_wal/summaries pg_tblspc pg_stat pg_stat_tmp pg_replslot pg_logical/snapshots \
    pg_logical/mappings pg_dynshmem pg_notify pg_serial pg_snapshots pg_twophase; do
    mkdir -p "$copy/$folder"
done
{
    echo PG_VERSION
    echo "pg_wal/$redo"
    find global pg_xact pg_multixact pg_subtrans pg_commit_ts -type f
    # What initdb made has numbers below 16384.
    for folder in base/*; do
        ls "$folder" | awk -F'[._]' -v folder="$folder" '$1 !~ /^[0-9]+$/ || $1 < 16384 { print folder "/" $0 }'
    done
} | tar cf - -T - | tar xf - -C "$copy"
mkdir -p "$copy/pg_subtrans" "$copy/pg_commit_ts" "$copy/pg_multixact/members" "$copy/pg_multixact/offsets"
: > "$copy/postgresql.conf"
: > "$copy/pg_hba.conf"
chmod -R u=rwX,go= "$copy"
echo "SELECT 'lettadr|' || pg_catalog.pg_relation_filepath(c.oid) || '|' || c.relkind::text || '|' || pg_catalog.format('%I.%I', n.nspname, COALESCE(o.relname, c.relname)) FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_class AS o ON c.relkind = 't' AND o.reltoastrelid = c.oid JOIN pg_catalog.pg_namespace AS n ON n.oid = COALESCE(o.relnamespace, c.relnamespace) WHERE c.relkind IN ('r', 'm', 't', 'i', 'S')" |
    postgres --single -D "$copy" -c ignore_checksum_failure=on "$2"
rm -rf "$copy"
