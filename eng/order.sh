#!/usr/bin/env bash
# order.sh: writes src/Beacon.Aot/order.txt anew: the compiled methods that a start, an idle while and the commonest requests call, in the order
# of their first calls. The native compiler puts them side by side, so that the rest of the program stays on disk. Run it when the start
# has changed much; a name that is gone is passed over, and a method that is missing only lies elsewhere. Linux on x64.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ "$(this_rid)" = linux-x64 ] || fail "the order is taken on Linux x64"
need_packages "${native_packages[@]}" curl
order=src/Beacon.Aot/order.txt
binary=$root/artifacts/native/linux-x64/beacon
symbols=artifacts/bin/Beacon.Aot/release_linux-x64/native/beacon.dbg
port=18081
api=http://127.0.0.1:$port/api/v1
work=$(mktemp -d)
tracer=""
cleanup() {
    [ -z "$tracer" ] || kill -KILL "$tracer" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

bash eng/publish-native.sh linux-x64
clang -O2 -Wall -o "$work/first-calls" eng/first-calls.c

# Only what was compiled from C#: the rest comes in archives, in their order. The x keeps awk from reading 84e000 as a number.
read -r first length < <(readelf -SW "$binary" | sed -n 's/.* __managedcode *PROGBITS *\([0-9a-f]*\) [0-9a-f]* \([0-9a-f]*\) .*/\1 \2/p')
nm --defined-only -n "$symbols" | awk -v first="$first" -v last="$(printf '%016x' $((16#$first + 16#$length)))" \
    'tolower($2) == "t" && "x" $1 >= "x" first && "x" $1 < "x" last { sub(/^0+/, "", $1); print $1, $3 }' >"$work/names"
cut -d' ' -f1 "$work/names" | uniq >"$work/addresses"

say "tracing $(wc -l <"$work/addresses") methods"
mkdir "$work/data"
(cd "$work/data" && exec "$work/first-calls" "$work/called" "$work/addresses" "$binary" serve --port "$port" --data-dir "$work/data") >"$work/log" &
tracer=$!
for ((i = 0; i < 100; i++)); do
    curl -sf -o "$work/answer" "$api/live" && break
    sleep 0.1
done

# The idle while comes first: what it needs lies with what the start needs.
sleep 15
service='{"name":"order","host":"127.0.0.1","port":80,"type":"http","ttl":30}'
id=$(curl -sf --json "$service" "$api/services/register" | grep -o '"service_id":"[^"]*"' | cut -d'"' -f4)
[ -n "$id" ] || fail "the registration was not answered: $(cat "$work/log")"
curl -sf -o "$work/answer" -X PUT "$api/services/$id/heartbeat"
curl -sf -o "$work/answer" --json "{\"ids\":[\"$id\"]}" "$api/heartbeats"
curl -sf -o "$work/answer" "$api/services"
curl -sf -o "$work/answer" "$api/services/discover?type=http"
curl -sf -o "$work/answer" "$api/health"
curl -sf -o "$work/answer" "http://127.0.0.1:$port/metrics"
sleep 2
curl -sf -o "$work/answer" -X DELETE "$api/services/$id"
kill -TERM "$(head -1 "$work/log")"
wait "$tracer"
tracer=""

awk 'NR == FNR { names[$1] = names[$1] $2 "\n"; next } { printf "%s", names[$1] }' "$work/names" "$work/called" >"$order"
say "$(wc -l <"$order") of $(wc -l <"$work/names") names in $order"
