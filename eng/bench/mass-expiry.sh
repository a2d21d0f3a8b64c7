#!/usr/bin/env bash
# A hundred thousand leases that end in the same second while others are renewed.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare mass-expiry "$@"
