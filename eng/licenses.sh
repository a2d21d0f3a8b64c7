#!/usr/bin/env bash
# licenses.sh [--check]: writes the list of licences of all that is inside the binary, which `beacon licenses` prints, from the packages of the
# lock files. With --check it only says whether the list is what it would write.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
list=src/Beacon.Aot/Cli/Licenses/licenses.txt
bash eng/ui.sh
# The packs of the runtime are in no lock file: a restore brings them into the package cache.
dotnet restore src/Beacon.Aot -v q
made=$(mktemp)
trap 'rm -f "$made"' EXIT
node eng/bill/licenses.mjs >"$made"
if [ "${1:-}" = --check ]; then
    diff -u "$list" "$made" || fail "$list is not what the packages say; write it with eng/licenses.sh"
else
    mkdir -p "${list%/*}"
    cat "$made" >"$list"
fi

printf '%s: %s bytes\n' "$list" "$(wc -c <"$made")"
