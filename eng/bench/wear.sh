#!/usr/bin/env bash
# Bytes that an hour of heartbeats and health checks writes to the disk. Without options it takes about twelve minutes.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
run_load_test wear artifacts/bench "$@"
