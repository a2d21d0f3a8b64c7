#!/usr/bin/env bash
# reproducible.sh RID…: makes the binaries again from a clone of this commit in another folder and fails when a byte differs from those in
# artifacts/native. What it finds holds for machines with the same compiler and linker: those of one Debian release and one .NET SDK.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
changed=$(git status --porcelain)
[ -z "$changed" ] || fail "a clone would lack what is not committed: $changed"
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
# A path of another length, and deeper: both used to show in binaries.
clone=$elsewhere/a/clone-of/beacon
say "cloning $(git rev-parse --short HEAD)"
git clone -q --no-hardlinks "$root" "$clone"
git -C "$clone" checkout -q --detach "$(git rev-parse HEAD)"
differ=0
for rid in "$@"; do
    bash "$clone/eng/publish-native.sh" "$rid"
    for file in "native/$rid/beacon" "symbols/$rid/beacon.dbg"; do
        if cmp "artifacts/$file" "$clone/artifacts/$file"; then
            printf '%s: the same from both folders, SHA-256 %s\n' "$file" "$(sha256sum <"artifacts/$file" | cut -d' ' -f1)"
        else
            differ=1
        fi
    done
done

[ "$differ" -eq 0 ] || fail "two folders, two binaries"
