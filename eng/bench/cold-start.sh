#!/usr/bin/env bash
# A start with a hundred thousand services in SQLite.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare cold-start "$@"
