#!/usr/bin/env bash
# Heartbeats beside etcd's lease keepalive and nginx returning a constant.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages etcd-server nginx-light
run_load_beside_bare peers "$@"
