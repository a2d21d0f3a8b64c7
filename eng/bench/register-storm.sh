#!/usr/bin/env bash
# Registrations a second, each on the disk before it is confirmed, from 256 clients, and how many share an fsync.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare register-storm "$@"
