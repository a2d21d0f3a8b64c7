#!/bin/sh
# Installs Beacon as a service of systemd: on Debian, Raspberry Pi OS (64 bit), Ubuntu and their relatives. docs/install.md shows it in use.
#
# DESTDIR      put everything below this folder, for tests and packagers; root is not needed then
# BEACON_WAIT  seconds to wait for Beacon to come up [60]
# BEACON_REPOSITORY  where releases are downloaded from
set -eu

repository=${BEACON_REPOSITORY:-https://github.com/bitsperity/beacon}
wait_limit=${BEACON_WAIT:-60}
base=${DESTDIR:-}
binary=$base/usr/local/bin/beacon
kept=$base/usr/local/lib/beacon
unit=$base/etc/systemd/system/beacon.service
settings=$base/etc/beacon
state=$base/var/lib/beacon
share=$base/usr/local/share
made_here="$binary $unit $share/bash-completion/completions/beacon $share/zsh/site-functions/_beacon $share/fish/vendor_completions.d/beacon.fish $share/man/man1/beacon.1"

usage() {
    cat <<'END'
Usage: install.sh [--version VERSION] [--from FILE|FOLDER] [--port PORT]
       install.sh --rollback
       install.sh --uninstall [--purge]

Installs Beacon, or brings it to another version. What does not come up is undone.
  --version VERSION  this release instead of the newest
  --from FILE        this archive, with SHA256SUMS beside it, instead of a download
  --from FOLDER      the archive for this machine in that folder
  --port PORT        the port of the API and the dashboard, kept in /etc/beacon/beacon.env
  --rollback         back to the version before the last change
  --uninstall        remove Beacon; what is registered and the settings stay
  --purge            with --uninstall: remove those too
END
}

say() { printf 'beacon: %s\n' "$*"; }

fail() {
    printf 'beacon: %s\n' "$*" >&2
    exit 1
}

read_arguments() {
    all_arguments=$*
    verb=install version='' from='' port='' purge=no
    while [ $# -gt 0 ]; do
        case $1 in
            --version) need_value "$@" && version=${2#v} && shift ;;
            --from) need_value "$@" && from=$2 && shift ;;
            --port) need_value "$@" && port=$2 && shift ;;
            --rollback) verb=rollback ;;
            --uninstall) verb=uninstall ;;
            --purge) purge=yes ;;
            --help | -h) usage && exit 0 ;;
            *) wrong_usage "there is no option $1" ;;
        esac
        shift
    done
    case $port in *[!0-9]* | ??????*) wrong_usage "\"$port\" is no port" ;; esac
    [ "$purge" = no ] || [ "$verb" = uninstall ] || wrong_usage "--purge goes with --uninstall"
}

need_value() { [ $# -ge 2 ] || wrong_usage "$1 needs a value"; }

wrong_usage() {
    printf 'beacon: %s\n\n' "$1" >&2
    usage >&2
    exit 64
}

need_root() { [ -n "$base" ] || [ "$(id -u)" -eq 0 ] || fail "this needs root; type: sudo sh $0${all_arguments:+ $all_arguments}"; }

need_systemd() {
    command -v systemctl >/dev/null && { [ -n "$base" ] || [ -d /run/systemd/system ]; } && return
    fail "this system is not run by systemd. Unpack the archive, copy \"beacon\" to /usr/local/bin and let your init run
        beacon serve --data-dir /var/lib/beacon
as a user who may write that folder. For OpenWrt see deploy/openwrt in $repository"
}

# The part of an archive's name that says for which machine it is.
find_platform() {
    machine=$(uname -m)
    if [ "$(getconf LONG_BIT 2>/dev/null || echo 64)" = 32 ] || case $machine in armv* | i?86) true ;; *) false ;; esac then
        fail "there is no build for 32-bit systems ($machine). A Raspberry Pi 3, 4, 5 or Zero 2 runs the 64-bit Raspberry Pi OS, and Beacon there"
    fi
    case $machine in
        x86_64 | amd64) platform=linux-x64 ;;
        aarch64 | arm64) platform=linux-arm64 ;;
        *) fail "there is no build for $machine; $repository says how to build from source" ;;
    esac
    if ldd --version 2>&1 | grep -qi musl; then
        fail "the builds are for glibc, and this system has musl (Alpine, OpenWrt); $repository says how to build from source"
    fi
}

download() {
    if command -v curl >/dev/null; then
        curl -fsSL --retry 2 -o "$2" "$1"
    elif command -v wget >/dev/null; then
        wget -q -O "$2" "$1"
    else
        fail "neither curl nor wget is there; type: apt-get install curl"
    fi || fail "$1 could not be downloaded"
}

# The names in SHA256SUMS ($1) that are archives for this machine, and of the wanted version if one is wanted.
archives_in() { sed -nE "s/^[0-9a-f]{64} [ *](beacon-[0-9][0-9A-Za-z.+-]*-$platform\.tar\.gz)\$/\1/p" "$1" | { [ -z "$version" ] && cat || grep -Fx "beacon-$version-$platform.tar.gz" || true; }; }

# Puts the archive and SHA256SUMS into $work, from wherever they come.
fetch() {
    if [ -z "$from" ]; then
        where=latest/download
        [ -z "$version" ] || where=download/v$version
        download "$repository/releases/$where/SHA256SUMS" "$work/SHA256SUMS"
        archive=$(archives_in "$work/SHA256SUMS" | head -n 1)
        [ -n "$archive" ] || fail "the release has no archive for $platform"
        version=${archive#beacon-} version=${version%-"$platform".tar.gz}
        download "$repository/releases/download/v$version/$archive" "$work/$archive"
        return
    fi

    if [ -d "$from" ]; then
        [ -f "$from/SHA256SUMS" ] || fail "there is no SHA256SUMS in $from"
        archive=$(archives_in "$from/SHA256SUMS")
        case $archive in
            '') fail "SHA256SUMS in $from names no archive for $platform${version:+ of version $version}" ;;
            *"
"*) fail "there are several versions in $from; say which with --version" ;;
        esac
        folder=$from
    else
        folder=$(dirname "$from") archive=$(basename "$from")
        [ -f "$from" ] || fail "$from is not there"
        [ -f "$folder/SHA256SUMS" ] || fail "there is no SHA256SUMS beside $from; it lies beside the archive in the release"
    fi
    [ -f "$folder/$archive" ] || fail "$folder/$archive is not there"
    cp "$folder/$archive" "$folder/SHA256SUMS" "$work/"
}

verify() {
    awk -v name="$archive" '$2 == name || $2 == "*" name' "$work/SHA256SUMS" >"$work/sum"
    [ "$(wc -l <"$work/sum")" -eq 1 ] || fail "SHA256SUMS does not name $archive"
    (cd "$work" && sha256sum -c sum >/dev/null 2>&1) || fail "$archive is damaged, or not what was released: its SHA-256 is another. Nothing was changed"
}

unpack() {
    new=$work/new
    mkdir "$new"
    tar -xzf "$work/$archive" -C "$new" --strip-components=1 --no-same-owner || fail "$archive cannot be unpacked. Nothing was changed"
    { [ -f "$new/beacon" ] && [ -f "$new/beacon.service" ]; } || fail "$archive holds no Beacon. Nothing was changed"
    chmod 755 "$new/beacon"
    named=$("$new/beacon" version 2>&1) || fail "the program does not run on this system: $named
Nothing was changed"
}

# with_settings COMMAND…: in the environment that the service gets: --port, /etc/beacon/beacon.env, then that of its unit with drop-ins. Of
# two equal names the right one counts, so the stronger is put in front of the command first.
with_settings() {
    (
        [ -z "$base" ] || [ ! -f "$settings/beacon.json" ] || set -- "$@" --config "$settings/beacon.json"
        set -- "BEACON_DATA_DIR=$state" "$@"
        [ -z "$port" ] || set -- "BEACON_PORT=$port" "$@"
        if [ -r "$settings/beacon.env" ]; then
            while IFS= read -r line || [ -n "$line" ]; do
                value=${line#*=}
                case $value in
                    \"*\") value=${value#\"} value=${value%\"} ;;
                    \'*\') value=${value#\'} value=${value%\'} ;;
                esac
                case $line in [A-Z]*=*) set -- "${line%%=*}=$value" "$@" ;; esac
            done <"$settings/beacon.env"
        fi
        for pair in $(systemctl show --property=Environment --value beacon 2>/dev/null || true); do
            case $pair in [A-Z]*=*) set -- "$pair" "$@" ;; esac
        done
        exec env -i "PATH=$PATH" "$@"
    )
}

check_settings() {
    with_settings "$new/beacon" config check >"$work/check" 2>&1 || fail "this version does not take the settings as they are. Nothing was changed. It says:
$(cat "$work/check")"
    listens_on=$(with_settings "$new/beacon" config print | awk '$1 == "BEACON_PORT" { print $2 }')
}

is_running() { systemctl is-active --quiet beacon; }

check_port() {
    is_running && [ -z "$port" ] && return
    command -v ss >/dev/null || return 0
    holder=$(ss -Hltnp "sport = :$listens_on" 2>/dev/null | sed -nE 's/.*users:\(\("([^"]*)",pid=([0-9]+).*/\1 (process \2)/p' | head -n 1)
    case $holder in
        '') [ -z "$(ss -Hltn "sport = :$listens_on" 2>/dev/null)" ] || holder='another program' ;;
        beacon\ *) ! is_running || return 0 ;;
    esac
    [ -z "$holder" ] || fail "port $listens_on is taken by $holder. Nothing was changed. For another port: --port $((listens_on + 1))"
}

# put FROM TO MODE: whole or not at all, and on the disk before it counts.
put() {
    mkdir -p "$(dirname "$2")"
    (umask 077 && cp "$1" "$2.new")
    chmod "$3" "$2.new"
    sync "$2.new" 2>/dev/null || sync
    mv -f "$2.new" "$2"
}

is_installed_as() { cmp -s "$1/beacon" "$binary" && cmp -s "$1/beacon.service" "$unit"; }

# What a way back needs: program, unit, and the data, as a later version may bring it into a form that this one cannot read.
keep_previous() {
    rm -rf "$kept/previous.new"
    mkdir -p "$kept/previous.new"
    chmod 700 "$kept"
    cp "$binary" "$unit" "$kept/previous.new/"
    [ ! -d "$state/." ] || cp -a "$state/." "$kept/previous.new/data"
    rm -rf "$kept/previous"
    mv "$kept/previous.new" "$kept/previous"
}

check_room() {
    [ -d "$state/." ] || return 0
    needed=$(du -sk "$state/." "$binary" | awk '{ sum += $1 } END { print sum }')
    mkdir -p "$kept"
    free=$(df -Pk "$kept" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$needed" ] || fail "a copy of the data is made first, so that there is a way back: $needed KiB, but in $kept there are only $free. Nothing was changed"
}

write_port() {
    [ -n "$port" ] || return 0
    [ ! -f "$settings/beacon.env" ] || cp -p "$settings/beacon.env" "$work/beacon.env.before"
    { [ ! -f "$settings/beacon.env" ] || grep -v '^BEACON_PORT=' "$settings/beacon.env" || true; } >"$work/beacon.env"
    echo "BEACON_PORT=$port" >>"$work/beacon.env"
    put "$work/beacon.env" "$settings/beacon.env" 600
}

restore_port() {
    [ -n "$port" ] || return 0
    port=''
    rm -f "$settings/beacon.env"
    [ ! -f "$work/beacon.env.before" ] || put "$work/beacon.env.before" "$settings/beacon.env" 600
}

# Completions and the manual page, as far as this version has them.
put_extras() {
    for extra in "completion bash:$share/bash-completion/completions/beacon" "completion zsh:$share/zsh/site-functions/_beacon" \
        "completion fish:$share/fish/vendor_completions.d/beacon.fish" "man:$share/man/man1/beacon.1"; do
        # shellcheck disable=SC2086
        if "$binary" ${extra%%:*} >"$work/extra" 2>/dev/null && [ -s "$work/extra" ]; then
            put "$work/extra" "${extra#*:}" 644
        fi
    done
}

# 0 when Beacon answers that it is well, and systemd says that it runs.
start_and_wait() {
    systemctl daemon-reload
    systemctl enable --quiet beacon
    systemctl restart --no-block beacon || return 1
    deadline=$(($(date +%s) + wait_limit))
    until is_running && with_settings "$binary" healthcheck >/dev/null 2>&1; do
        if [ "$(date +%s)" -ge "$deadline" ] || systemctl is-failed --quiet beacon; then
            return 1
        fi
        sleep 0.2
    done
}

show_log() { { journalctl --unit beacon --lines 15 --no-pager --output cat 2>/dev/null || true; } >&2; }

# back keep-data|with-data: the kept version again.
back() {
    systemctl stop beacon 2>/dev/null || true
    put "$kept/previous/beacon" "$binary" 755
    put "$kept/previous/beacon.service" "$unit" 644
    if [ "$1" = with-data ] && [ -d "$kept/previous/data" ]; then
        find "$state/." -mindepth 1 -delete
        cp -a "$kept/previous/data/." "$state/"
    fi
    put_extras
}

undo() {
    say "it did not come up; going back. Its last lines:" >&2
    show_log
    restore_port
    case $before in
        nothing)
            systemctl disable --now --quiet beacon 2>/dev/null || true
            # shellcheck disable=SC2086
            rm -f $made_here
            systemctl daemon-reload
            fail "Beacon did not come up and was removed again; its data, if any, is in $state"
            ;;
        other) back with-data ;;
    esac
    start_and_wait || fail "what was there before does not come up either; see: journalctl -u beacon"
    fail "the change was undone: $("$binary" version) runs again, with the data and settings of before"
}

say_where() {
    address=$(hostname -I 2>/dev/null | cut -d' ' -f1)
    say "$("$binary" version) runs: http://${address:-localhost}:$listens_on, and http://beacon.local:$listens_on for whoever knows mDNS"
}

install_beacon() {
    find_platform
    fetch
    verify
    unpack
    check_settings
    if is_installed_as "$new" && [ -z "$port" ] && is_running && with_settings "$binary" healthcheck >/dev/null 2>&1; then
        say "$named is installed and runs; nothing to do"
        return
    fi
    check_port
    before=nothing
    if is_installed_as "$new"; then
        before=same
    elif [ -f "$binary" ] && [ -f "$unit" ]; then
        before=other
        check_room
    fi
    phase=stopped
    systemctl stop beacon 2>/dev/null || true
    [ "$before" != other ] || keep_previous
    phase=replacing
    put "$new/beacon" "$binary" 755
    put "$new/beacon.service" "$unit" 644
    write_port
    put_extras
    start_and_wait || { phase=idle && undo; }
    phase=idle
    say_where
}

roll_back() {
    [ -f "$kept/previous/beacon" ] || fail "there is no version to go back to"
    listens_on=$(with_settings "$kept/previous/beacon" config print | awk '$1 == "BEACON_PORT" { print $2 }')
    phase=stopped
    back keep-data
    if ! start_and_wait; then
        say "it does not take the data as it is now; taking that of before the change" >&2
        back with-data
        start_and_wait || { show_log && fail "the version before does not come up; see: journalctl -u beacon"; }
    fi
    phase=idle
    say_where
}

uninstall() {
    [ -f "$binary" ] || [ -f "$unit" ] || [ "$purge" = yes ] || { say "Beacon is not installed; nothing to do" && return; }
    systemctl disable --now --quiet beacon 2>/dev/null || true
    # shellcheck disable=SC2086
    rm -f $made_here
    rm -rf "$kept"
    if [ "$purge" = yes ]; then
        # The folder of a dynamic user is in /var/lib/private, with a link to it.
        rm -rf "$state" "$base/var/lib/private/beacon" "$settings" "$unit.d"
        say "Beacon, its data and its settings are gone"
    else
        say "Beacon is gone. What was registered is still in $state, the settings in $settings; --purge removes both"
    fi
    systemctl daemon-reload
}

# However this ends, by an error or a signal: what ran before runs again.
on_exit() {
    code=$?
    trap - EXIT
    case $phase in
        stopped) systemctl restart --no-block beacon 2>/dev/null || true ;;
        replacing) (undo) || true ;;
    esac
    rm -rf "$work"
    exit "$code"
}

main() {
    read_arguments "$@"
    need_root
    need_systemd
    umask 022
    # Not in /tmp, from which some systems let nothing run.
    mkdir -p "$(dirname "$kept")"
    work=$(mktemp -d "$(dirname "$kept")/beacon-install.XXXXXX")
    phase=idle
    trap on_exit EXIT
    trap 'exit 130' INT TERM HUP
    case $verb in
        install) install_beacon ;;
        rollback) roll_back ;;
        uninstall) uninstall ;;
    esac
}

# A download that broke off must not run half of this.
main "$@"
