#!/usr/bin/env bash
# publish-native.sh RID [--fresh]: the one file that ships in artifacts/native/RID, and what a debugger reads of it in artifacts/symbols/RID.
# With --fresh the native compiler runs even if its output is up to date, because only then its warnings can be counted.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. eng/cross.sh
rid=${1:-$(this_rid)}
out=artifacts/native/$rid
symbols=artifacts/symbols/$rid
log=artifacts/native/$rid.log
if [ "${2:-}" = --fresh ]; then
    rm -rf "artifacts/obj/Beacon.Aot/release_$rid" "artifacts/bin/Beacon.Aot/release_$rid"
fi

bash eng/ui.sh
rm -rf "$out" "$symbols"
mkdir -p artifacts/native "$symbols"
say "publishing for $rid"
if ! dotnet publish src/Beacon.Aot -c Release -r "$rid" -o "$out" -p:ObjCopyName="$(objcopy_for "$rid")" -nologo >"$log" 2>&1; then
    cat "$log" >&2
    fail "publishing failed"
fi

# MongoDB's driver warns of the parts that need reflection, which nothing here uses; the black-box ring proves those that are used.
ours() { grep -E '(warning|error) IL[0-9]+' "$log" | grep -vE "IL(2104|3053): Assembly 'MongoDB\.(Driver|Bson)'" || true; }
warnings=$(ours | wc -l)
if [ "$warnings" -gt "$(budget il_warnings_max)" ]; then
    ours >&2
    fail "$warnings trimming or AOT warnings, more than eng/budgets.json allows"
fi

beside=$(find "$out" -mindepth 1 ! -name beacon ! -name beacon.exe -printf '%f ' 2>/dev/null)
[ -z "$beside" ] || fail "only the binary ships, but beside it lie: $beside"
printf '%s: %s bytes, 0 IL warnings\n' "$out/beacon" "$(wc -c <"$out/beacon")"

case $rid in linux-*) ;; *) exit 0 ;; esac
cp "artifacts/bin/Beacon.Aot/release_$rid/native/beacon.dbg" "$symbols/"
build_id() { readelf -n "$1" 2>/dev/null | sed -n 's/.*Build ID: //p'; }
[ "$(build_id "$out/beacon")" = "$(build_id "$symbols/beacon.dbg")" ] || fail "$symbols/beacon.dbg does not belong to $out/beacon"
foreign=$(readelf -d "$out/beacon" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|ld-linux-[a-z0-9-]+|libc\.musl-[a-z0-9_]+)\.so' || true)
[ -z "$foreign" ] || fail "the binary must need nothing but the C library, and needs $foreign"
case $rid in
    linux-musl-*) ;;
    *) printf '%s: for glibc %s and later; symbols in %s\n' "$out/beacon" "$(bash eng/glibc-floor.sh "$out/beacon")" "$symbols" ;;
esac
