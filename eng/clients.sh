#!/usr/bin/env bash
# clients.sh [PART…]: the tests of the client libraries in clients/ against the binary that BEACON_BINARY names; those of .NET run with the
# other test projects. Ends with a line that eng/tally.sh reads. PARTS: python, node, docker, esp32, together.
#
# The parts run side by side, since most of their time is waiting for Beacon to start. Each prints its output when it is its turn.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_packages python3 curl g++ iproute2
command -v node >/dev/null || need_packages nodejs
[ -x "${BEACON_BINARY:-}" ] || fail "BEACON_BINARY must name the published binary"
BEACON_BINARY=$(realpath "$BEACON_BINARY")
export BEACON_BINARY PYTHONDONTWRITEBYTECODE=1
limit=180 # Seconds for one part, some ten times what it takes.
first_port=18500
ports_each=20

# number PATTERN FILE: the last number in the last match of PATTERN; 0 without a match.
number() { grep -oE "$1" "$2" | tail -n 1 | grep -oE '[0-9]+' | tail -n 1 || echo 0; }

unittest() { python3 -m unittest discover -v -s "$1"; }
run_python() { unittest clients/python/tests; }
run_docker() { unittest clients/docker/tests; }
run_together() { unittest clients/tests; }
run_esp32() { bash clients/esp32/tests/run.sh; }

# A Node that has a WebSocket behind an option is asked for it; in one without, the tests of it are skipped and say so.
run_node() {
    local options=(--test)
    ! node --experimental-websocket --version >/dev/null 2>&1 || options=(--experimental-websocket --no-warnings --test)
    node "${options[@]}" clients/node/test/*.test.js
}

# count_PART FILE: how many tests ran, and how many of them failed.
count_python() { echo $(($(number 'Ran [0-9]+ tests?' "$1") - $(number 'skipped=[0-9]+' "$1"))) $(($(number 'failures=[0-9]+' "$1") + $(number 'errors=[0-9]+' "$1"))); }
count_docker() { count_python "$1"; }
count_together() { count_python "$1"; }
count_esp32() { echo "$(grep -cE '^(ok|FAILED) ' "$1")" "$(grep -c '^FAILED ' "$1")"; }
count_node() { echo $(($(number '^(# |ℹ )pass [0-9]+' "$1") + $(number '^(# |ℹ )fail [0-9]+' "$1"))) "$(number '^(# |ℹ )fail [0-9]+' "$1")"; }

parts=("$@")
[ $# -gt 0 ] || parts=(python node docker esp32 together)
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
export -f unittest "${parts[@]/#/run_}"
for at in "${!parts[@]}"; do
    part=${parts[$at]}
    {
        code=0
        BEACON_TEST_PORT=$((first_port + at * ports_each)) timeout --kill-after=5 "$limit" bash -c "run_$part" >"$reports/$part" 2>&1 || code=$?
        echo "$code" >"$reports/$part.code"
    } &
done
wait

passed=0
failed=0
for part in "${parts[@]}"; do
    say "clients: $part"
    cat "$reports/$part"
    read -r run bad < <("count_$part" "$reports/$part")
    code=$(cat "$reports/$part.code")
    # One that fails without naming a test, or that runs none, is a failure of its own.
    if [ "$run" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        printf 'clients: %s ended with code %s after %s tests\n' "$part" "$code" "$run" >&2
        bad=$((bad + 1))
        run=$((run + 1))
    fi

    passed=$((passed + run - bad))
    failed=$((failed + bad))
done

if [ "$failed" -gt 0 ]; then
    printf '%s passed, %s failed\n' "$passed" "$failed"
    exit 1
fi

printf '%s passed\n' "$passed"
