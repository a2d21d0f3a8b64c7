#!/usr/bin/env bash
# The installer and the unit under a real systemd: this machine's own system, with a memory of its own over it, booted in a container by
# systemd-nspawn. Nothing is written to the machine, and none of its services is started.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
case $(uname -m) in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
service=/etc/systemd/system/beacon.service
release=$(mktemp -d)
trap 'rm -rf "$release"' EXIT
BEACON_PACK_LEVEL=-1 bash "$deploy/pack.sh" 2.0.0 "$release" "$rid=$beacon" >/dev/null

# booted: a system in $net, its first process $leader. It ends with the test.
booted() {
    command -v systemd-nspawn >/dev/null || skip "systemd-nspawn is not installed"
    own_network
    mkdir "$work/system"
    # shellcheck disable=SC2016
    unshare --mount bash -euc '
        mount --make-rprivate /
        mount -t tmpfs tmpfs "$1/system"
        cd "$1/system"
        mkdir upper work root
        mount -t overlay overlay -o "lowerdir=/,upperdir=$PWD/upper,workdir=$PWD/work" root
        : >root/etc/machine-id
        rm -rf root/etc/systemd/system/*.wants root/etc/systemd/system/beacon.service* root/etc/beacon root/var/lib/beacon root/var/log/journal
        cp -r "$3" root/opt/release
        exec systemd-nspawn --quiet --boot --directory="$PWD/root" --machine=beacon-$$ --network-namespace-path="/run/netns/$2" --register=no \
            --keep-unit --link-journal=no --console=read-only systemd.unit=basic.target' booted "$work" "$net" "$release" >"$work/boot" 2>&1 </dev/null &
    nspawn=$!
    until_true 40 is_booted || skip "systemd-nspawn boots no system here: $(tail -n 1 "$work/boot")"
}

is_booted() { leader=$(pgrep -P "$nspawn" -x systemd) && inside systemctl is-active --quiet basic.target; }
inside() { nsenter --target "$leader" --all --root --wd env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
install_inside() { inside sh /opt/release/install.sh --from /opt/release; }
property() { inside systemctl show --property="$1" --value beacon; }
ready() { ask --fail http://127.0.0.1:8080/api/v1/ready; }
register() { ask --fail -X POST http://127.0.0.1:8080/api/v1/services/register -d "{\"name\": \"$1\", \"host\": \"10.77.0.9\", \"port\": 631}"; }
is_another_process() { [ "$(property MainPID)" != "$1" ] && [ "$(property ActiveState)" = active ] && ready; }

test_it_is_installed_started_found_and_told_apart_from_root() {
    booted
    contains "$(install_inside)" "http://10.77.0.1:8080"
    same active "$(property ActiveState)"
    same enabled "$(inside systemctl is-enabled beacon)"
    contains "$(property StatusText)" "Serving 0 services"
    contains "$(inside journalctl --unit beacon --output cat --no-pager)" "Beacon"
    register printer
    contains "$(inside beacon resolve printer._http._tcp --timeout 5)" 10.77.0.9
    same 700 "$(inside stat -c %a /var/lib/private/beacon)"
    lacks "$(inside ps -o user= -p "$(property MainPID)")" root
    contains "$(install_inside)" "nothing to do"
    inside beacon healthcheck
}

test_a_Beacon_that_is_killed_comes_back_with_what_was_registered() {
    booted
    install_inside
    register printer
    first=$(property MainPID)
    inside kill -KILL "$first"
    until_true 20 is_another_process "$first"
    contains "$(ask http://127.0.0.1:8080/api/v1/services)" '"name":"printer"'
}

# Without the watchdog a process that hangs would be there, and answer nothing, for ever.
test_a_Beacon_that_hangs_is_started_afresh_and_one_that_works_is_left_alone() {
    booted
    install_inside
    inside mkdir -p "$service.d"
    inside sh -c "printf '[Service]\nWatchdogSec=2s\nTimeoutStopSec=1s\n' >$service.d/short.conf"
    inside systemctl daemon-reload
    inside systemctl restart beacon
    first=$(property MainPID)
    sleep 5
    same "$first" "$(property MainPID)"
    inside kill -STOP "$first"
    until_true 20 is_another_process "$first"
}

test_a_mistake_in_the_settings_stays_visible_and_is_over_when_it_is_corrected() {
    booted
    install_inside
    inside mkdir -p /etc/beacon
    inside sh -c 'echo BEACON_DEFAULT_TTL=never >/etc/beacon/beacon.env'
    inside systemctl restart beacon || true
    until_true 15 is_failed
    contains "$(inside journalctl --unit beacon --output cat --no-pager)" BEACON_DEFAULT_TTL
    inside sh -c 'echo BEACON_DEFAULT_TTL=600 >/etc/beacon/beacon.env'
    inside systemctl restart beacon
    ready
}

is_failed() { [ "$(property ActiveState)" = failed ]; }

test_a_version_that_does_not_come_up_is_undone_and_removal_leaves_nothing() {
    booted
    install_inside
    register printer
    # shellcheck disable=SC2016
    printf '#!/bin/sh\ncase $1 in\nversion) echo "beacon 3.0.0" ;;\nserve) rm -f /var/lib/beacon/*; echo ruined >/var/lib/beacon/beacon.db; exit 74 ;;\n*) exec /opt/beacon "$@" ;;\nesac\n' >"$work/broken"
    bash "$deploy/pack.sh" 3.0.0 "$work/broken-release" "$rid=$work/broken" >/dev/null
    inside cp /usr/local/bin/beacon /opt/beacon
    tar -C "$work" -cf - broken-release | inside tar -C /opt -xf -
    fails inside env BEACON_WAIT=5 sh /opt/broken-release/install.sh --from /opt/broken-release
    contains "$output" "the change was undone"
    ready
    contains "$(ask http://127.0.0.1:8080/api/v1/services)" '"name":"printer"'

    inside sh /opt/release/install.sh --uninstall --purge
    fails inside test -e "$service"
    fails inside test -e /var/lib/private/beacon
    fails inside test -e /usr/local/bin/beacon
    fails ready
}

run_tests "${BASH_SOURCE[0]}"
