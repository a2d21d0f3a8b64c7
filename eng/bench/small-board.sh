#!/usr/bin/env bash
# Fifty thousand services and five thousand heartbeats a second for ten minutes in 256 MiB and on half a core. Needs root.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare small-board "$@"
