#!/usr/bin/env bash
# Everything at once, and one request in a hundred wrong, for two hours: memory and handles must stay where they are.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare soak "$@"
