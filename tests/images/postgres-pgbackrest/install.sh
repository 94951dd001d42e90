#!/bin/bash
# Inside the tree of the image 'postgres': pgBackRest, without a repository or a configuration.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends pgbackrest
rm -f /etc/pgbackrest.conf
mkdir -p /var/lib/pgbackrest /var/log/pgbackrest /var/spool/pgbackrest /etc/pgbackrest/conf.d
chown -R postgres:postgres /var/lib/pgbackrest /var/log/pgbackrest /var/spool/pgbackrest
