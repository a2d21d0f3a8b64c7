#!/usr/bin/env bash
# sbom.sh RID [--binary FILE | --image ARCH]: what the published binary of RID, or FILE in its place, is made of, as CycloneDX 1.6 JSON, on standard
# output; with --image what the image for ARCH is made of, the Debian packages of its base included.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
rid=${1:-$(this_rid)}
binary=artifacts/native/$rid/beacon
base=""
case ${2:-} in
    --binary) binary=$3 ;;
    --image) base=artifacts/image/$3/root ;;
esac
[ -f "$binary" ] || fail "$binary is not there; make it with ./build.sh publish $rid"
[ -z "$base" ] || [ -d "$base" ] || fail "$base is not there; make it with eng/image-root.sh $3"
BILL_DATE=$(commit_date) node eng/bill/sbom.mjs "$rid" "$binary" ${base:+"$base"}
