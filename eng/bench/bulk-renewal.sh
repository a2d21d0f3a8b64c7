#!/usr/bin/env bash
# Leases renewed a second when one request names ten thousand, by how many services there are.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare bulk-renewal "$@"
