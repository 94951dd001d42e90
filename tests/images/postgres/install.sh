#!/bin/bash
# Inside the tree: PostgreSQL 17 with pgvector, under the user number of the usual image, so that volumes can be exchanged.
set -euo pipefail
groupadd --system --gid 999 postgres
useradd --system --gid postgres --uid 999 --home-dir /var/lib/postgresql --shell /bin/bash postgres
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get update
apt-get install -y --no-install-recommends postgresql-17 postgresql-17-pgvector locales zstd xz-utils
localedef -i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8 ||
    localedef -i en_US -c -f UTF-8 en_US.UTF-8
rm -rf /usr/share/i18n /usr/lib/postgresql/17/lib/bitcode
sed -i "s/^#\?listen_addresses = .*/listen_addresses = '*'/" /usr/share/postgresql/17/postgresql.conf.sample
mkdir -p /var/lib/postgresql/data /var/run/postgresql /docker-entrypoint-initdb.d
chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
chmod 1777 /var/lib/postgresql/data
chmod 3777 /var/run/postgresql
