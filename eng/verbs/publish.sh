#!/usr/bin/env bash
# publish [RID…] [--check]: the binary of each RID with its symbols and checksums. With --check each is made a second time, from a clone in
# another folder, and must be the same to the byte.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
. eng/cross.sh
rids=()
check=no
for argument in "$@"; do
    if [ "$argument" = --check ]; then
        check=yes
    elif [[ $argument =~ ^[a-z]+(-[a-z0-9]+)+$ ]]; then
        rids+=("$argument")
    else
        echo "build: publish takes runtime identifiers (linux-x64, linux-arm64 …) and --check, not \"$argument\"" >&2
        exit 64
    fi
done

[ ${#rids[@]} -gt 0 ] || rids=("$(this_rid)")
need_dotnet
for rid in "${rids[@]}"; do
    need_packs "$rid"
    need_linker "$rid"
done

for rid in "${rids[@]}"; do
    bash eng/publish-native.sh "$rid" --fresh
    [ ! -f "artifacts/native/$rid/beacon" ] || bash eng/check-size.sh "artifacts/native/$rid/beacon"
done

if [ "$check" = yes ]; then
    bash eng/reproducible.sh "${rids[@]}"
fi

# Only what was just made: a file of another commit would get a checksum that nobody can make again.
files=()
for rid in "${rids[@]}"; do
    for file in "native/$rid/beacon" "native/$rid/beacon.exe" "symbols/$rid/beacon.dbg"; do
        [ ! -f "artifacts/$file" ] || files+=("$file")
    done
done

(cd artifacts && sha256sum "${files[@]}" >SHA256SUMS && cat SHA256SUMS)
