#!/usr/bin/env bash
# What writing through to MongoDB costs: registrations and heartbeats a second and the time of one registration, beside SQLite on the disk and
# in /dev/shm, in turn. Takes about four minutes; --rounds N and --seconds S change that. MongoDB is the test server, in the measuring process.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
run_load_test mongo-cost artifacts/bench/mongo-cost "$@"
