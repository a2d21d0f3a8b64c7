#!/usr/bin/env bash
# heartbeats.sh [ROUNDS] [SECONDS]: heartbeats a second of the published binary on one core, asked by wrk from another, beside a bare native
# endpoint that answers a constant of the same size; the same over HTTP/2 without TLS, asked by h2load, with one request at a time on each
# connection and with several; and renewals a second when each request renews ten thousand leases.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
rounds=${1:-5}
seconds=${2:-4}
connections=64
services=1000
streams=10 # Requests at once on one connection of HTTP/2.
need_packages "${native_packages[@]}" curl wrk nghttp2-client
rid=$(this_rid)
bash eng/publish-native.sh "$rid"
say "publishing BareKestrel"
dotnet publish loadtests/BareKestrel -c Release -r "$rid" -o artifacts/bench/bare -v q -nologo
data=$(mktemp -d)
children=()
cleanup() {
    kill -KILL "${children[@]}" 2>/dev/null || true
    rm -rf "$data"
}
trap cleanup EXIT

start() { # NAME PORT COMMAND…
    local name=$1 port=$2
    shift 2
    (cd "$data" && exec taskset -c 0 "$@" >"$data/$name.log" 2>&1) &
    children+=($!)
    disown
    for _ in $(seq 100); do
        curl -s -o /dev/null "http://127.0.0.1:$port/" && return
        sleep 0.1
    done
    fail "$name did not start: $(cat "$data/$name.log")"
}

start beacon 18100 "$root/artifacts/native/$rid/beacon" serve --host 127.0.0.1 --port 18100 --data-dir "$data/data" --mdns off --log-level warning
start bare 18101 "$root/artifacts/bench/bare/BareKestrel" --urls http://127.0.0.1:18101
start bare2 18102 "$root/artifacts/bench/bare/BareKestrel" --urls http://127.0.0.1:18102 --Kestrel:EndpointDefaults:Protocols Http2

say "registering $services services"
seq "$services" | xargs -P 16 -I{} curl -s -X POST http://127.0.0.1:18100/api/v1/services/register \
    -d '{"name":"service {}","host":"192.0.2.1","port":{}}' -o "$data/{}.json"
cat "$data"/[0-9]*.json | grep -o '"service_id":"[^"]*"' | cut -d'"' -f4 >"$data/ids"
[ "$(wc -l <"$data/ids")" = "$services" ] || fail "only $(wc -l <"$data/ids") were registered"

# Requests are put together once; what is measured is the server.
script() { # BEGINNING END
    cat <<LUA
local all, at = {}, 0
init = function()
    for id in io.lines("$data/ids") do all[#all + 1] = wrk.format("PUT", "$1" .. id .. "$2", nil, nil) end
end
request = function() at = at % #all + 1 return all[at] end
LUA
}
script /api/v1/services/ /heartbeat >"$data/beacon.lua"
script / "" >"$data/bare.lua"
sed 's|.*|http://127.0.0.1:18100/api/v1/services/&/heartbeat|' "$data/ids" >"$data/beacon.urls"
sed 's|.*|http://127.0.0.1:18102/&|' "$data/ids" >"$data/bare.urls"
{
    echo 'wrk.method, wrk.body = "POST", [['
    for _ in $(seq $((10000 / services))); do cat "$data/ids"; done
    echo ']]'
} >"$data/bulk.lua"

rate() { # SCRIPT PORT PATH CONNECTIONS
    local said
    said=$(taskset -c 1 wrk -t1 -c"$4" -d"${seconds}s" -s "$data/$1.lua" "http://127.0.0.1:$2$3")
    case $said in *Non-2xx* | *"Socket errors"*) fail "$said" ;; esac
    awk '/Requests\/sec/ { print $2 }' <<<"$said"
}

rate2() { # URLS STREAMS
    local said
    said=$(taskset -c 1 h2load -t1 -c"$connections" -m"$2" -D"$seconds" -H ':method: PUT' -i "$data/$1.urls")
    case $said in *" 0 failed, 0 errored, 0 timeout"*" 0 3xx, 0 4xx, 0 5xx"*) ;; *) fail "$said" ;; esac
    sed -n 's|^finished in .*, \([0-9.]*\) req/s.*|\1|p' <<<"$said"
}

for round in $(seq "$rounds"); do
    rate bare 18101 / "$connections" >>"$data/bare.txt"
    rate beacon 18100 / "$connections" >>"$data/beacon.txt"
    rate bulk 18100 /api/v1/heartbeats 4 >>"$data/bulk.txt"
    for m in 1 "$streams"; do
        rate2 bare "$m" >>"$data/bare-$m.txt"
        rate2 beacon "$m" >>"$data/beacon-$m.txt"
    done
    say "round $round: bare $(tail -1 "$data/bare.txt"), beacon $(tail -1 "$data/beacon.txt"), bulk $(tail -1 "$data/bulk.txt") requests/s;" \
        "HTTP/2: bare $(tail -1 "$data/bare-1.txt"), beacon $(tail -1 "$data/beacon-1.txt")," \
        "$streams at once: bare $(tail -1 "$data/bare-$streams.txt"), beacon $(tail -1 "$data/beacon-$streams.txt")"
done

figure() { sort -g "$1" | awk -v k="$2" '{ v[NR] = $1 * k } END { printf "%.0f (%.0f to %.0f)", v[int((NR + 1) / 2)], v[1], v[NR] }'; }
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$(median "$data/$1.txt")" -v b="$(median "$data/$2.txt")" 'BEGIN { printf "%.2f", a / b }'; }
mkdir -p artifacts/bench
{
    echo "| one core, median of $rounds (least to most) | a second |"
    echo "| --- | --- |"
    echo "| bare endpoint, PUT, $connections connections | $(figure "$data/bare.txt" 1) |"
    echo "| heartbeats, PUT, $connections connections | $(figure "$data/beacon.txt" 1) |"
    echo "| ratio | $(ratio beacon bare) |"
    for m in 1 "$streams"; do
        echo "| HTTP/2, $m at once on each: bare endpoint | $(figure "$data/bare-$m.txt" 1) |"
        echo "| HTTP/2, $m at once on each: heartbeats | $(figure "$data/beacon-$m.txt" 1) |"
        echo "| ratio | $(ratio "beacon-$m" "bare-$m") |"
    done
    echo "| renewals, 10,000 ids a request, 4 connections | $(figure "$data/bulk.txt" 10000) |"
} | tee artifacts/bench/heartbeats.md
