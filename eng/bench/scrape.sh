#!/usr/bin/env bash
# GET /metrics with many checked services, by how many of them it shows.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
run_load_test scrape artifacts/bench "$@"
