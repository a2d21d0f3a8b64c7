#!/usr/bin/env bash
# Heartbeats a second at most, with the store on a disk and in memory, and what one takes at 70 % of that.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare renewal-steady-state "$@"
