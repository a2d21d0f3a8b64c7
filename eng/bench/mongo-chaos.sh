#!/usr/bin/env bash
# Beacon with MongoDB while that is cut, hung, slowed and stepped down and Beacon is killed; then what was promised is checked. Ends with 1
# when a promise was broken. Takes 30 minutes; less with --seeds N --seconds S. --seed FIRST repeats runs; --plant all shows that the checker sees.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
run_load_test mongo-chaos artifacts/bench/mongo-chaos "$@"
