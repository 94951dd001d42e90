#!/bin/bash
# Inside the tree: Redis, under the user number of the usual image, so that volumes can be exchanged.
set -euo pipefail
groupadd --system --gid 999 redis
useradd --system --gid redis --uid 999 --home-dir /data --shell /usr/sbin/nologin redis
apt-get update
apt-get install -y --no-install-recommends redis-server redis-tools
if [ ! -e /usr/bin/redis-sentinel ]; then ln -s redis-server /usr/bin/redis-sentinel; fi
mkdir -p /data
chown redis:redis /data
