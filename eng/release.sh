#!/usr/bin/env bash
# release.sh RID…: the files of a release in artifacts/release, from what ./build.sh publish made: install.sh and the archives it takes, symbols, bills
# of materials, and the checksums of them all. The same commit gives the same bytes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
version=$(version)
out=artifacts/release
date=@$(commit_date)

# pack ARCHIVE DIRECTORY FILE…: neither owners nor dates of this machine get in.
pack() {
    local archive=$1 from=$2
    shift 2
    tar --create --directory "$from" --sort=name --mtime="$date" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX "$@" | gzip -9n >"$archive"
}

[ $# -gt 0 ] || fail "release.sh takes runtime identifiers, such as linux-x64 linux-arm64"
rm -rf "$out"
mkdir -p "$out"
binaries=()
for rid in "$@"; do
    name=beacon-$version-$rid
    [ -f "artifacts/native/$rid/beacon" ] || fail "artifacts/native/$rid/beacon is not there; make it with ./build.sh publish $rid"
    bash eng/glibc-floor.sh "artifacts/native/$rid/beacon" --check
    binaries+=("$rid=artifacts/native/$rid/beacon")
    pack "$out/$name-symbols.tar.gz" "artifacts/symbols/$rid" beacon.dbg
    bash eng/sbom.sh "$rid" >"$out/$name.cdx.json"
    case $rid in linux-x64) arch=amd64 ;; *) arch=${rid##*-} ;; esac
    [ ! -d "artifacts/image/$arch/root" ] || bash eng/sbom.sh "$rid" --image "$arch" >"$out/beacon-$version-image-$arch.cdx.json"
done

SOURCE_DATE_EPOCH=$(commit_date) bash deploy/pack.sh "$version" "$out" "${binaries[@]}" >/dev/null
cp src/Beacon.Aot/Cli/Licenses/licenses.txt "$out/licenses.txt"
rm "$out/SHA256SUMS"
(cd "$out" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
