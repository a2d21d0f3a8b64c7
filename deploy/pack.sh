#!/usr/bin/env bash
# pack.sh VERSION FOLDER RID=BINARY…: what install.sh needs of a release, in FOLDER: one archive for each RID with the program, its unit and the
# licences, the same to the byte whoever makes it; install.sh itself; and SHA256SUMS of both. The RID is that of .NET: linux-x64, linux-arm64.
# eng/release.sh makes releases with it. SOURCE_DATE_EPOCH is the date of the files.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

refuse() {
    printf 'pack.sh: %s\n' "$*" >&2
    exit 64
}

[ $# -ge 3 ] || refuse "say VERSION, FOLDER and RID=BINARY…"
version=$1 folder=$2
shift 2
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || refuse "\"$version\" is not a version such as 2.0.1"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

files=()
for pair in "$@"; do
    rid=${pair%%=*} binary=${pair#*=}
    [[ $pair == *=* && $rid =~ ^linux(-[a-z0-9]+)+$ ]] || refuse "\"$pair\" is not RID=BINARY"
    [ -f "$binary" ] || refuse "$binary is not there"
    name=beacon-$version-$rid
    mkdir -m 755 "$stage/$name"
    install -m 755 "$binary" "$stage/$name/beacon"
    install -m 644 "$here/systemd/beacon.service" "$here/../LICENSE" "$here/../src/Beacon.Aot/Cli/Licenses/licenses.txt" "$stage/$name/"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" -C "$stage" -cf - "$name" | gzip -n "${BEACON_PACK_LEVEL:--9}" >"$folder/$name.tar.gz"
    files+=("$name.tar.gz")
done

install -m 755 "$here/install.sh" "$folder/install.sh"
cd "$folder"
sha256sum "${files[@]}" install.sh >SHA256SUMS
cat SHA256SUMS
