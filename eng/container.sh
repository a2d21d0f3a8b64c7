#!/usr/bin/env bash
# container.sh ROOT DATA [-v FILE:PATH]… [-e NAME=VALUE]… [-- PROGRAM] COMMAND…: runs /beacon of an image whose files lie in ROOT, as
# `docker run --read-only --network host --user 1000:1000 --cap-drop all --security-opt no-new-privileges -v DATA:/app/data` would: files that
# cannot be written, an environment of the image's own, /proc and the four devices. For tests where no engine runs; needs root. The process
# that is started is the one that the caller sees, so signals and exit codes are Beacon's.
set -euo pipefail
files=$1 data=$2
shift 2
mounts=() environment=() program=(/beacon)
while [ $# -gt 0 ]; do
    case $1 in
        -v) mounts+=("$2") && shift 2 ;;
        -e) environment+=("$2") && shift 2 ;;
        --program) IFS=' ' read -ra program <<<"$2" && shift 2 ;;
        *) break ;;
    esac
done

export files data
export mounts_list="${mounts[*]-}"
# shellcheck disable=SC2016
exec unshare --mount --propagation private bash -c '
    set -euo pipefail
    mount --bind "$files" "$files"
    # What an engine makes in the layer of a container, and what a test asks for.
    mkdir -p "$files/proc" "$files/dev"
    for pair in $mounts_list; do
        mkdir -p "$(dirname "$files${pair#*:}")"
        [ -e "$files${pair#*:}" ] || touch "$files${pair#*:}"
    done
    mount -o remount,bind,ro "$files"
    mount --bind "$data" "$files/app/data"
    mount --rbind /proc "$files/proc"
    mount -t tmpfs -o size=64k,mode=755 devices "$files/dev"
    for device in null zero random urandom; do
        touch "$files/dev/$device"
        mount --bind "/dev/$device" "$files/dev/$device"
    done
    for pair in $mounts_list; do
        mount --bind "${pair%%:*}" "$files${pair#*:}"
    done
    cd "$files"
    exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+setuid,+setgid,+sys_chroot \
        env -i "$@"
' container "${environment[@]}" "$(command -v chroot)" --userspec=1000:1000 --groups=1000 "$files" "${program[@]}" "$@"
