#!/usr/bin/env bash
# sbom.sh RID [--image ARCH]: what the published binary of RID is made of, as CycloneDX 1.6 JSON, on standard output; with --image what the
# image for ARCH is made of, the Debian packages of its base included.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
rid=${1:-$(this_rid)}
binary=artifacts/native/$rid/beacon
[ -f "$binary" ] || fail "$binary is not there; make it with ./build.sh publish $rid"
root=""
if [ "${2:-}" = --image ]; then
    root=artifacts/image/${3:?amd64 or arm64}/root
    [ -d "$root" ] || fail "$root is not there; make it with eng/image-root.sh $3"
fi

BILL_DATE=$(commit_date) node eng/bill/sbom.mjs "$rid" "$binary" ${root:+"$root"}
