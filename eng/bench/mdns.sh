#!/usr/bin/env bash
# What a packet costs Beacon and avahi-daemon, in turn, on hosts made of network namespaces. Needs root for them. Options go to
# loadtests/Beacon.LoadTests; without any it takes about six minutes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}" avahi-daemon dbus iproute2 util-linux
[ "$(id -u)" -eq 0 ] || fail "network namespaces need root; type: sudo ./build.sh bench mdns"
run_load_test mdns artifacts/bench "$@"
