#!/bin/bash
# Inside the tree: Debian's cron, systemd's own check of its units, and what .NET needs; .NET itself is the machine's.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends cron systemd ca-certificates libicu76 libssl3t64
