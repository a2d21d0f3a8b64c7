#!/usr/bin/env bash
# The same load under each of the runtime's collectors: rate, times, pauses, memory.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare collectors "$@"
