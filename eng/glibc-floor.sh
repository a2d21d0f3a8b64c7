#!/usr/bin/env bash
# glibc-floor.sh BINARY [--check]: the oldest glibc that has every function BINARY asks for. With --check it fails when that is newer than
# eng/budgets.json allows. A linker takes the newest version of a function that its own system has, so a binary for everybody is
# linked on an old one.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
floor=$(readelf --dyn-syms -W "$1" | grep -oE '@GLIBC_[0-9.]+' | cut -d_ -f2 | sort -Vu | tail -n 1)
[ -n "$floor" ] || fail "$1 asks for nothing of glibc"
if [ "${2:-}" != --check ]; then
    echo "$floor"
    exit 0
fi

limit=$(budget glibc_max)
[ "$(printf '%s\n' "$floor" "$limit" | sort -V | tail -n 1)" = "$limit" ] ||
    fail "$1 needs glibc $floor, more than the $limit that eng/budgets.json allows; this system, whose linker chose it, has $(getconf GNU_LIBC_VERSION)"
printf '%s: glibc %s, budget %s\n' "$1" "$floor" "$limit"
