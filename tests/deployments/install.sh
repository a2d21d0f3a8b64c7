#!/usr/bin/env bash
# deploy/install.sh as somebody with a Raspberry Pi uses it, below a folder of its own and with a systemctl that starts the real program.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
web=$(mktemp -d)
trap 'rm -rf "$web"' EXIT
case $(uname -m) in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
export BEACON_WAIT=15

# Releases: the program as it is; the same, one byte longer; and three that are broken, each in its way.
release() { BEACON_PACK_LEVEL=-1 bash "$deploy/pack.sh" "$1" "$web/releases/download/v$1" "$rid=$2" >/dev/null; }

# shellcheck disable=SC2016
broken_release() {
    printf '#!/bin/sh\ncase $1 in\n%s\nversion) echo "beacon %s" ;;\n*) exec "%s" "$@" ;;\nesac\n' "$2" "$1" "$beacon" >"$web/broken"
    release "$1" "$web/broken"
}

release 2.0.0 "$beacon"
cp "$beacon" "$web/longer" && echo >>"$web/longer"
release 2.1.0 "$web/longer"
# shellcheck disable=SC2016
broken_release 3.0.0 'serve) rm -f "$BEACON_DATA_DIR"/beacon.db*; echo ruined >"$BEACON_DATA_DIR/beacon.db"; echo "beacon: it hurts" >&2; exit 74 ;;'
broken_release 3.1.0 'config) echo "beacon: BEACON_PORT is called BEACON_HARBOUR now" >&2; exit 78 ;;'
broken_release 3.2.0 'version) echo "version GLIBC_2.99 not found" >&2; exit 1 ;;'
mkdir "$web/releases/latest"
ln -s ../download/v2.1.0 "$web/releases/latest/download"

# machine PORT: a place to install to.
machine() {
    export DESTDIR=$work/machine PATH=$root/tests/deployments/fake:$PATH
    port=$(port_number "$1")
    mkdir -p "$DESTDIR"
    trap 'systemctl stop || true; end_jobs' EXIT
}

install_sh() { sh "$deploy/install.sh" "$@" 2>&1; }
install_version() { install_sh --from "$web/releases/download/v$1" "${@:2}"; }
answers() { BEACON_PORT=$port "$beacon" healthcheck; }
register() { curl -sS --fail -X POST "http://127.0.0.1:$port/api/v1/services/register" -d "{\"name\": \"$1\", \"host\": \"192.168.1.50\", \"port\": 631}" >/dev/null; }
services() { curl -sS --fail "http://127.0.0.1:$port/api/v1/services"; }
runs_version() { cmp "$DESTDIR/usr/local/bin/beacon" <(tar -xzOf "$web/releases/download/v$1/beacon-$1-$rid.tar.gz" "beacon-$1-$rid/beacon"); }
process() { cat "$DESTDIR/.systemd/pid"; }

# Everything there is, with its content's time and inode; without the data, which changes by itself.
picture() { find "$DESTDIR" -path "$DESTDIR/.systemd" -prune -o -path "$DESTDIR/var/lib/beacon/*" -prune -o -type f -printf '%P %i %T@ %m\n' | sort; }

test_it_installs_starts_and_says_where_Beacon_is() {
    machine 10
    # As root's may be: what everybody reads must be readable all the same.
    umask 077
    output=$(install_version 2.0.0 --port "$port")
    contains "$output" ":$port, and http://beacon.local:$port"
    answers
    runs_version 2.0.0
    same 755 "$(stat -c %a "$DESTDIR/usr/local/bin/beacon")"
    cmp "$deploy/systemd/beacon.service" "$DESTDIR/etc/systemd/system/beacon.service"
    same 755 "$(stat -c %a "$DESTDIR/usr/local/share/bash-completion/completions")"
    test -f "$DESTDIR/.systemd/enabled"
    same "BEACON_PORT=$port" "$(cat "$DESTDIR/etc/beacon/beacon.env")"
    same 600 "$(stat -c %a "$DESTDIR/etc/beacon/beacon.env")"
    cmp <("$beacon" completion bash) "$DESTDIR/usr/local/share/bash-completion/completions/beacon"
    cmp <("$beacon" completion zsh) "$DESTDIR/usr/local/share/zsh/site-functions/_beacon"
    cmp <("$beacon" completion fish) "$DESTDIR/usr/local/share/fish/vendor_completions.d/beacon.fish"
    if "$beacon" man >/dev/null 2>&1; then
        test -s "$DESTDIR/usr/local/share/man/man1/beacon.1"
    fi
    same "" "$(find "$DESTDIR" -name '*.new' -o -name 'beacon-install.*')"
}

# install.sh, archives and SHA256SUMS on a stick; the options of the second line name one of several versions.
test_it_installs_from_a_folder_with_what_a_release_hands_out() {
    machine 27
    cp -r "$web/releases/download/v2.0.0" "$work/stick"
    sh "$work/stick/install.sh" --from "$work/stick" --port "$port"
    answers
    cp "$web/releases/download/v2.1.0/beacon-2.1.0-$rid.tar.gz" "$work/stick/"
    cat "$web/releases/download/v2.1.0/SHA256SUMS" >>"$work/stick/SHA256SUMS"
    fails install_sh --from "$work/stick"
    contains "$output" "several versions"
    install_sh --from "$work/stick" --version 2.1.0
    runs_version 2.1.0
}

test_a_second_time_nothing_changes() {
    machine 11
    install_version 2.0.0 --port "$port"
    before=$(picture) first=$(process)
    contains "$(install_version 2.0.0)" "nothing to do"
    same "$before" "$(picture)"
    same "$first" "$(process)"
}

test_an_upgrade_keeps_what_is_registered_and_the_settings() {
    machine 12
    install_version 2.0.0 --port "$port"
    register printer
    install_version 2.1.0
    runs_version 2.1.0
    contains "$(services)" '"name":"printer"'
    same "BEACON_PORT=$port" "$(cat "$DESTDIR/etc/beacon/beacon.env")"
}

test_a_version_that_does_not_come_up_gives_way_to_the_one_before_with_its_data() {
    machine 13
    install_version 2.0.0 --port "$port"
    register printer
    before=$(picture | grep -v usr/local/lib)
    BEACON_WAIT=3 fails install_version 3.0.0
    contains "$output" "it hurts"
    contains "$output" "the change was undone"
    runs_version 2.0.0
    answers
    contains "$(services)" '"name":"printer"'
    same "$(cut -d' ' -f1,4 <<<"$before")" "$(picture | grep -v usr/local/lib | cut -d' ' -f1,4)"
}

test_a_first_version_that_does_not_come_up_is_removed_again() {
    machine 14
    BEACON_WAIT=3 fails install_version 3.0.0 --port "$port"
    contains "$output" "it hurts"
    contains "$output" "was removed again"
    same "" "$(picture)"
    fails test -e "$DESTDIR/.systemd/enabled"
}

# A full disk, say, when the service is already stopped.
test_an_error_half_way_leaves_what_was_there_running() {
    machine 29
    install_version 2.0.0 --port "$port"
    before=$(picture)
    mkdir "$work/bin"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\ncase "$*" in *previous.new*) echo "cp: No space left on device" >&2; exit 1 ;; esac\nexec /bin/cp "$@"\n' >"$work/bin/cp"
    chmod +x "$work/bin/cp"
    PATH=$work/bin:$PATH fails install_version 2.1.0
    contains "$output" "No space left"
    until_true 10 answers
    runs_version 2.0.0
    same "$before" "$(picture | grep -v previous.new)"
}

test_an_installation_that_is_interrupted_is_undone() {
    machine 30
    install_version 2.0.0 --port "$port"
    register printer
    sh "$deploy/install.sh" --from "$web/releases/download/v3.0.0" >"$work/output" 2>&1 &
    installer=$!
    until_true 10 grep -q "it hurts" "$DESTDIR/.systemd/log"
    kill -TERM "$installer"
    code=0
    wait "$installer" || code=$?
    same 130 "$code"
    runs_version 2.0.0
    until_true 10 answers
    contains "$(services)" '"name":"printer"'
    same "" "$(find "$DESTDIR" -name 'beacon-install.*')"
}

test_a_wrong_checksum_touches_nothing() {
    machine 15
    install_version 2.0.0 --port "$port"
    before=$(picture) first=$(process)
    cp -r "$web/releases/download/v2.1.0" "$work/damaged"
    printf x | dd of="$work/damaged/beacon-2.1.0-$rid.tar.gz" bs=1 seek=5000 conv=notrunc status=none
    fails install_sh --from "$work/damaged"
    contains "$output" "SHA-256"
    contains "$output" "Nothing was changed"
    same "$before" "$(picture)"
    same "$first" "$(process)"
}

test_without_checksums_nothing_is_installed() {
    machine 16
    cp -r "$web/releases/download/v2.0.0" "$work/bare"
    rm "$work/bare/SHA256SUMS"
    fails install_sh --from "$work/bare"
    fails install_sh --from "$work/bare/beacon-2.0.0-$rid.tar.gz"
    contains "$output" "SHA256SUMS"
    grep -v "beacon-2.0.0" "$web/releases/download/v2.0.0/SHA256SUMS" >"$work/bare/SHA256SUMS"
    fails install_sh --from "$work/bare/beacon-2.0.0-$rid.tar.gz"
    contains "$output" "does not name"
    same "" "$(picture)"
}

test_a_version_that_refuses_the_settings_or_this_machine_touches_nothing() {
    machine 17
    install_version 2.0.0 --port "$port"
    before=$(picture) first=$(process)
    fails install_version 3.1.0
    contains "$output" BEACON_HARBOUR
    fails install_version 3.2.0
    contains "$output" GLIBC_2.99
    same "$before" "$(picture)"
    same "$first" "$(process)"
}

test_a_port_that_is_taken_is_named_with_who_has_it() {
    machine 18
    python3 -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
    until_true 10 curl -s "http://127.0.0.1:$port/"
    fails install_version 2.0.0 --port "$port"
    contains "$output" "port $port is taken by python3"
    contains "$output" "--port $((port + 1))"
    same "" "$(picture)"
}

test_another_port_is_kept_beside_other_settings() {
    machine 19
    mkdir -p "$DESTDIR/etc/beacon"
    printf 'BEACON_DEFAULT_TTL="600"\nBEACON_PORT=1\n' >"$DESTDIR/etc/beacon/beacon.env"
    install_version 2.0.0 --port "$port"
    same $'BEACON_DEFAULT_TTL="600"\nBEACON_PORT='"$port" "$(cat "$DESTDIR/etc/beacon/beacon.env")"
    "$DESTDIR/usr/local/bin/beacon" healthcheck --port "$port"
    fails "$DESTDIR/usr/local/bin/beacon" healthcheck --port "$((port + 60))"
    port=$(port_number 20)
    install_version 2.0.0 --port "$port"
    answers
    contains "$(install_version 2.0.0)" "nothing to do"
}

test_by_hand_it_goes_back_to_the_version_before_and_keeps_the_data_of_now() {
    machine 21
    install_version 2.0.0 --port "$port"
    fails install_sh --rollback
    contains "$output" "no version to go back to"
    install_version 2.1.0
    register printer
    install_sh --rollback
    runs_version 2.0.0
    contains "$(services)" '"name":"printer"'
}

test_uninstalling_keeps_the_data_and_purging_does_not() {
    machine 22
    install_version 2.0.0 --port "$port"
    register printer
    contains "$(install_sh --uninstall)" "$DESTDIR/var/lib/beacon"
    same "etc/beacon/beacon.env" "$(picture | cut -d' ' -f1)"
    test -s "$DESTDIR/var/lib/beacon/beacon.db"
    fails answers
    fails test -e "$DESTDIR/.systemd/enabled"
    contains "$(install_sh --uninstall)" "not installed"

    install_version 2.0.0
    contains "$(services)" '"name":"printer"'
    install_sh --uninstall --purge
    same "" "$(find "$DESTDIR" -path "$DESTDIR/.systemd" -prune -o -type f -print)"
    fails test -e "$DESTDIR/var/lib/beacon"
}

test_it_downloads_the_newest_release_or_the_one_that_is_named() {
    machine 23
    BEACON_REPOSITORY=http://127.0.0.1:$(port_number 24)
    export BEACON_REPOSITORY
    python3 -m http.server --bind 127.0.0.1 --directory "$web" "$(port_number 24)" >/dev/null 2>&1 &
    until_true 10 curl -s "$BEACON_REPOSITORY/"
    install_sh --port "$port"
    runs_version 2.1.0
    install_sh --version v2.0.0
    runs_version 2.0.0
    fails install_sh --version 9.9.9
    contains "$output" "could not be downloaded"
    runs_version 2.0.0
}

# pretend PROGRAM TEXT: a program of that name that prints TEXT.
pretend() {
    mkdir -p "$work/bin"
    printf '#!/bin/sh\necho "%s"\n' "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
    PATH=$work/bin:$PATH
}

test_a_32_bit_system_gets_a_clear_answer_though_its_kernel_has_64() {
    machine 25
    pretend uname aarch64
    pretend getconf 32
    fails install_version 2.0.0
    contains "$output" "64-bit Raspberry Pi OS"
    pretend getconf 64
    pretend uname armv7l
    fails install_version 2.0.0
    contains "$output" "no build for 32-bit systems (armv7l)"
    pretend uname riscv64
    fails install_version 2.0.0
    contains "$output" "no build for riscv64"
}

test_a_system_with_musl_gets_a_clear_answer() {
    machine 26
    pretend ldd "musl libc (x86_64)"
    fails install_version 2.0.0
    contains "$output" "the builds are for glibc"
}

test_without_root_it_says_what_to_type() {
    [ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
    cp "$deploy/install.sh" "$work/" && chmod 755 "$work" "$work/install.sh"
    fails setpriv --reuid 1000 --regid 1000 --clear-groups sh "$work/install.sh" --version 2.0.0
    contains "$output" "sudo sh $work/install.sh --version 2.0.0"
}

test_without_systemd_it_says_what_to_do() {
    mkdir "$work/bin"
    for program in sh id; do ln -s "$(command -v "$program")" "$work/bin/"; done
    DESTDIR=$work/machine PATH=$work/bin fails sh "$deploy/install.sh"
    contains "$output" "not run by systemd"
    contains "$output" "beacon serve --data-dir"
}

test_a_wrong_option_gets_the_usage() {
    code=0
    output=$(install_sh --fly) || code=$?
    same 64 "$code"
    contains "$output" "Usage:"
    fails install_sh --port many
    fails install_sh --version
    fails install_sh --purge
}

test_archives_are_the_same_to_the_byte_whoever_packs_them() {
    bash "$deploy/pack.sh" 9.0.0 "$work/one" "$rid=$deploy/pack.sh" >/dev/null
    touch -d '2 days ago' "$deploy/pack.sh"
    (umask 077 && bash "$deploy/pack.sh" 9.0.0 "$work/two" "$rid=$deploy/pack.sh" >/dev/null)
    cmp "$work/one/beacon-9.0.0-$rid.tar.gz" "$work/two/beacon-9.0.0-$rid.tar.gz"
    (cd "$work/two" && sha256sum --quiet -c SHA256SUMS)
    fails bash "$deploy/pack.sh" nine "$work/three" "$rid=$deploy/pack.sh"
}

run_tests "${BASH_SOURCE[0]}"
