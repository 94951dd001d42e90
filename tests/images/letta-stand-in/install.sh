#!/bin/bash
# Inside the tree: what the stand-in server needs.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends python3 python3-psycopg2 curl git
