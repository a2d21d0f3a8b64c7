#!/usr/bin/env bash
# Heartbeats a second over WebSockets, one under way on each and many, beside HTTP/1.1.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare live-renewal "$@"
