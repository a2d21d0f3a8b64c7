#!/usr/bin/env bash
# Heartbeats and registrations while MongoDB is there, is not, and is there again.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare store-outage "$@"
