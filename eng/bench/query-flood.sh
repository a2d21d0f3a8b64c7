#!/usr/bin/env bash
# Look-ups by id a second, and what a page costs by every kind of filter, with few services and with many.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
run_load_beside_bare query-flood "$@"
