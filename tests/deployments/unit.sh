#!/usr/bin/env bash
# The systemd unit: checked by systemd's own tools, and Beacon run under what it asks for, each refusal seen. systemd.sh has it run by systemd itself.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
unit=$deploy/systemd/beacon.service
exposure_at_most=12 # tenths; 1.1 with systemd 252

# verified UNIT: what systemd-analyze has against it, and not against what else is on this machine. It wants the program to be there.
verified() {
    sed "s#/usr/local/bin/beacon#/bin/true#" "$1" >"$work/beacon.service"
    systemd-analyze verify --man=no "$work/beacon.service" 2>&1 | grep -F beacon.service || true
}

is_little_exposed() { systemd-analyze security --offline=true --no-pager --threshold="$exposure_at_most" "$1"; }

# as_unit COMMAND…: in its sandbox, as its user.
as_unit() {
    [ "$(id -u)" -eq 0 ] || skip "only root can set up the sandbox"
    mkdir -p "$work/state"
    # Where others may pass: the folder of a test is its owner's alone.
    chmod 711 "$work"
    "$python" "$root/tests/deployments/as-unit.py" "$unit" "$beacon" "$work/state" "$@"
}

test_systemd_finds_nothing_wrong_with_the_unit() { same "" "$(verified "$unit")"; }

test_a_key_that_systemd_does_not_know_would_be_found() {
    sed 's/^ProtectClock=/ProtectClok=/' "$unit" >"$work/wrong.service"
    contains "$(verified "$work/wrong.service")" ProtectClok
}

test_the_unit_is_exposed_no_more_than_it_may_be() { is_little_exposed "$unit"; }

test_a_unit_that_keeps_its_capabilities_would_be_found() {
    grep -v '^CapabilityBoundingSet=' "$unit" >"$work/beacon.service"
    fails is_little_exposed "$work/beacon.service"
}

# The drop-in of docs/install.md for ports below 1024.
test_systemd_finds_nothing_wrong_with_the_drop_in_for_low_ports() {
    mkdir "$work/beacon.service.d"
    # shellcheck disable=SC2016
    sed -n '/^```ini/,/^```/p' docs/install.md | grep -v '^```' >"$work/beacon.service.d/low-ports.conf"
    contains "$(cat "$work/beacon.service.d/low-ports.conf")" AmbientCapabilities=CAP_NET_BIND_SERVICE
    same "" "$(verified "$unit")"
    sed -i 's/^Ambient/Ambiant/' "$work/beacon.service.d/low-ports.conf"
    contains "$(verified "$unit")" AmbiantCapabilities
}

test_it_never_gives_up_except_on_mistakes_of_the_settings() {
    contains "$(cat "$unit")" $'\nStartLimitIntervalSec=0\n'
    contains "$(cat "$unit")" $'\nRestart=always\n'
    contains "$(cat "$unit")" $'\nRestartPreventExitStatus=64 78\n'
    code=0
    "$beacon" --no-such-option >/dev/null 2>&1 || code=$?
    same 64 "$code"
    code=0
    BEACON_PORT=many "$beacon" config check >/dev/null 2>&1 || code=$?
    same 78 "$code"
}

test_the_sandbox_refuses_what_the_unit_refuses() {
    fails as_unit /bin/touch /etc/beacon-was-here
    fails as_unit /bin/touch /usr/local/bin/beacon
    fails as_unit /usr/bin/python3 -c 'import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)'
    contains "$output" "PermissionError"
    fails as_unit /usr/bin/python3 -c 'import socket; socket.socket(17, socket.SOCK_RAW)'
    contains "$output" "not supported"
    fails as_unit /usr/bin/python3 -c 'import os; os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))'
    contains "$output" "PermissionError"
    fails as_unit /usr/bin/unshare --user true
    as_unit /bin/touch /var/lib/beacon/beacon-was-here
    test -e "$work/state/beacon-was-here"
    contains "$(as_unit /bin/grep CapBnd /proc/self/status)" 0000000000000000
}

test_a_restriction_that_nothing_applies_would_be_found() {
    printf '[Service]\nRestrictMoods=yes\n' >"$work/other.service"
    fails "$python" "$root/tests/deployments/as-unit.py" "$work/other.service" "$beacon" "$work"
    contains "$output" RestrictMoods
}

# In a network of its own with one interface: mDNS wants a link, and port 8080 is its own there.
test_Beacon_serves_stores_and_announces_under_the_restrictions_of_the_unit() {
    own_network
    mkdir "$work/state"
    chmod 711 "$work"

    ip netns exec "$net" "$python" "$root/tests/deployments/as-unit.py" "$unit" "$beacon" "$work/state" >"$work/log" 2>&1 &
    until_true 20 ask --fail http://127.0.0.1:8080/api/v1/ready || { cat "$work/log" && return 1; }
    contains "$(ask -X POST http://127.0.0.1:8080/api/v1/services/register -d '{"name": "printer", "type": "ipp", "host": "10.77.0.9", "port": 631}')" service_id
    until_true 10 announced_as printer
    contains "$(ask http://127.0.0.1:8080/api/v1/mdns)" eth0
    contains "$(ip netns exec "$net" "$beacon" resolve printer._ipp._tcp --timeout 3)" 10.77.0.9
    test -s "$work/state/beacon.db"
    same 61234 "$(stat -c %u "$work/state/beacon.db")"

    stop_politely
    until_true 15 grep -q 'Beacon stopped' "$work/log"
    contains "$(cat "$work/log")" "goodbyes sent"
    lacks "$(cat "$work/log")" "error"
}

announced_as() { ask "http://127.0.0.1:8080/api/v1/mdns?q=$1" | grep -q '"announced"'; }

run_tests "${BASH_SOURCE[0]}"
