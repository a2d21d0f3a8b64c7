#!/usr/bin/env bash
# Events to a thousand live clients at once, and the memory of nine thousand that only listen.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare live-fan-out "$@"
