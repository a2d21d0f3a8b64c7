#!/usr/bin/env bash
# The init script of OpenWrt against a stand-in for procd: what it is told to run, and that it runs.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# started: the script's start_service below $work, in the plainest shell, with procd's functions writing down what they are told.
started() {
    sed -e "s#^PROGRAM=.*#PROGRAM=$1#" -e "s#/etc/beacon#$work/etc/beacon#g" -e "s#^DATA=.*#DATA=$work/data#" "$deploy/openwrt/beacon.init" >"$work/init"
    local code=0
    # shellcheck disable=SC2016
    dash -eu -c '
        note() { printf "%s\n" "$*" >>"$0"; }
        procd_open_instance() { note open; }
        procd_set_param() { note "$@"; }
        procd_append_param() { note "$@"; }
        procd_close_instance() { note close; }
        logger() { note logged "$@"; }
        . "$1"
        start_service' "$work/told" "$work/init" || code=$?
    cat "$work/told"
    return "$code"
}

test_procd_is_told_the_program_its_settings_and_to_start_it_again_for_ever() {
    mkdir -p "$work/etc/beacon"
    printf '# a comment\nBEACON_PORT=18790\nMDNS_INTERFACE=br-lan,br-iot\n' >"$work/etc/beacon/beacon.env"
    told=$(started "$beacon")
    contains "$told" "command $beacon serve"
    contains "$told" $'\nenv BEACON_PORT=18790\n'
    contains "$told" $'\nenv MDNS_INTERFACE=br-lan,br-iot\n'
    contains "$told" $'\nenv BEACON_DATA_DIR='"$work/data"$'\n'
    contains "$told" $'\nrespawn 3600 2 0\n'
    contains "$told" $'\nno_new_privs 1\n'
    lacks "$told" comment
    test -d "$work/data"
}

test_a_stick_that_is_not_mounted_does_not_become_a_folder_on_the_flash() {
    mkdir -p "$work/etc/beacon"
    echo BEACON_DATA_DIR=/mnt/no-such-stick/beacon >"$work/etc/beacon/beacon.env"
    contains "$(started "$beacon")" "/mnt/no-such-stick is not mounted"
    fails test -e /mnt/no-such-stick
}

test_without_the_program_it_says_so_and_starts_nothing() {
    fails started "$work/nowhere"
    contains "$(cat "$work/told")" "is not there"
    lacks "$(cat "$work/told")" open
}

test_what_procd_is_told_runs() {
    mkdir -p "$work/etc/beacon"
    port=$(port_number 90)
    echo "BEACON_PORT=$port" >"$work/etc/beacon/beacon.env"
    started "$beacon" >/dev/null
    read -r -a command < <(sed -n 's/^command //p' "$work/told")
    readarray -t variables < <(sed -n 's/^env //p' "$work/told")
    env -i "${variables[@]}" "${command[@]}" --mdns off --host 127.0.0.1 >"$work/log" 2>&1 &
    BEACON_PORT=$port until_true 15 "$beacon" healthcheck
}

run_tests "${BASH_SOURCE[0]}"
