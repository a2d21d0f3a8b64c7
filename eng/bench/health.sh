#!/usr/bin/env bash
# Web servers on loopback that fail and recover at random, and whether Beacon tells of each change in time. Options go to
# loadtests/Beacon.LoadTests; without any it takes about twelve minutes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
run_load_test health artifacts/bench "$@"
