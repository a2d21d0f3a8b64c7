#!/usr/bin/env bash
# Size, cold start and idle memory of the published binary beside loadtests/BareKestrel, published with the same switches. The two are
# started in turn, so that a change of the machine's mood meets both.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
starts=${1:-20}
idle_seconds=10
port=18080
rid=$(this_rid)
bare_directory=$root/artifacts/bench/bare
beacon=$root/artifacts/native/$rid/beacon
bare=$bare_directory/BareKestrel
data=$(mktemp -d)
child=""
cleanup() {
    [ -z "$child" ] || kill -KILL "$child" 2>/dev/null || true
    rm -rf "$data"
}
trap cleanup EXIT

bash eng/publish-native.sh "$rid"
say "publishing BareKestrel"
dotnet publish loadtests/BareKestrel -c Release -r "$rid" -o "$bare_directory" -v q -nologo

# Each from a small folder: ASP.NET's defaults watch the one they are started in.
start() {
    if [ "$1" = beacon ]; then
        (cd "$data" && exec "$beacon" serve --port "$port" --data-dir "$data" >/dev/null 2>&1) &
    else
        (cd "$bare_directory" && exec "$bare" --urls "http://127.0.0.1:$port" >/dev/null 2>&1) &
    fi

    child=$!
}

stop() {
    kill -TERM "$child"
    wait "$child" 2>/dev/null || true
    child=""
}

path_of() { if [ "$1" = beacon ]; then echo /api/v1/live; else echo /; fi; }

# Milliseconds from the start of the process to the first 200, asked over bash's own sockets: a process per question would cost more
# than what is measured.
cold_start() {
    local begun path line deadline=$((SECONDS + 20))
    path=$(path_of "$1")
    begun=$(date +%s%N)
    start "$1"
    while [ "$SECONDS" -lt "$deadline" ]; do
        if { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
            printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$path" >&3
            line=""
            IFS= read -r -t 5 line <&3 || true
            exec 3>&-
            if [[ $line == "HTTP/1.1 200"* ]]; then
                echo $((($(date +%s%N) - begun) / 100000))
                return
            fi
        fi
    done

    fail "$1 gave no 200 within 20 s"
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.1f (%.1f to %.1f)", v[int((NR + 1) / 2)] / 10, v[1] / 10, v[NR] / 10 }'; }

idle_rss() {
    start "$1"
    sleep "$idle_seconds"
    awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$child/status"
    stop
}

say "cold start, $starts times each"
for ((i = 0; i < starts; i++)); do
    for program in beacon bare; do
        # Not in a subshell: the child must be ours to stop.
        cold_start "$program" >"$data/last"
        cat "$data/last" >>"$data/$program.starts"
        stop
    done
done

for program in beacon bare; do
    idle_rss "$program" >"$data/$program.rss"
done

mb() { awk -v bytes="$(wc -c <"$1")" 'BEGIN { printf "%.1f", bytes / 1000000 }'; }
say "result"
cat <<TEXT
|  | Beacon | bare native ASP.NET |
| --- | --- | --- |
| binary, MB | $(mb "$beacon") | $(mb "$bare") |
| cold start to first 200, ms, median of $starts (least to most) | $(median "$data/beacon.starts") | $(median "$data/bare.starts") |
| memory (RSS) after $idle_seconds s idle, MiB | $(cat "$data/beacon.rss") | $(cat "$data/bare.rss") |
TEXT

# Times depend on the machine: above their budget they are pointed at, and nothing fails.
warn() { # NAME WHAT BEACON BARE
    awk -v most="$(budget "$1")" -v what="$2" -v a="$3" -v b="$4" \
        'BEGIN { if (a / b > most) printf "warning: %s is %.2f times bare, budget %s\n", what, a / b, most }' >&2
}
warn cold_start_to_bare "cold start" "$(median "$data/beacon.starts" | cut -d' ' -f1)" "$(median "$data/bare.starts" | cut -d' ' -f1)"
warn idle_memory_to_bare "idle memory" "$(cat "$data/beacon.rss")" "$(cat "$data/bare.rss")"
