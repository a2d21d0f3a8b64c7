#!/usr/bin/env bash
# clients.sh [PART…]: the tests of the client libraries in clients/ against the binary that BEACON_BINARY names; those of .NET run with the
# other test projects. Ends with a line that eng/tally.sh reads. PARTS: python, node, docker, esp32, together.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_packages python3 curl g++ iproute2
command -v node >/dev/null || need_packages nodejs
[ -x "${BEACON_BINARY:-}" ] || fail "BEACON_BINARY must name the published binary"
BEACON_BINARY=$(realpath "$BEACON_BINARY")
export BEACON_BINARY PYTHONDONTWRITEBYTECODE=1
passed=0
limit=180 # Seconds for one part, some ten times what it takes.
failed=0

# number PATTERN TEXT: the number that the last match of PATTERN ends or begins with; 0 without a match.
number() { grep -oE "$1" <<<"$2" | tail -n 1 | grep -oE '[0-9]+' | tail -n 1 || echo 0; }

# tally NAME RUN FAILED CODE: a run that fails without naming a test, or that runs none, is a failure of its own.
tally() {
    local name=$1 run=$2 bad=$3 code=$4
    if [ "$run" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        printf 'clients: %s ended with code %s after %s tests\n' "$name" "$code" "$run" >&2
        bad=$((bad + 1))
        run=$((run + 1))
    fi

    passed=$((passed + run - bad))
    failed=$((failed + bad))
}

# unittest NAME FOLDER
unittest() {
    local code=0 text skipped
    say "clients: $1"
    text=$(timeout --kill-after=5 "$limit" python3 -m unittest discover -v -s "$2" 2>&1) || code=$?
    printf '%s\n' "$text"
    skipped=$(number 'skipped=[0-9]+' "$text")
    tally "$1" $(($(number 'Ran [0-9]+ tests?' "$text") - skipped)) $(($(number 'failures=[0-9]+' "$text") + $(number 'errors=[0-9]+' "$text"))) "$code"
}

part_python() { unittest python clients/python/tests; }
part_docker() { unittest docker clients/docker/tests; }
part_together() { unittest "on the wire and in the documents" clients/tests; }

# A Node that has a WebSocket behind an option is asked for it; in one without, the tests of it are skipped and say so.
part_node() {
    local code=0 text options=(--test)
    say "clients: node"
    ! node --experimental-websocket --version >/dev/null 2>&1 || options=(--experimental-websocket --no-warnings --test)
    text=$(timeout --kill-after=5 "$limit" node "${options[@]}" clients/node/test/*.test.js 2>&1) || code=$?
    printf '%s\n' "$text"
    tally node $(($(number '^(# |ℹ )pass [0-9]+' "$text") + $(number '^(# |ℹ )fail [0-9]+' "$text"))) "$(number '^(# |ℹ )fail [0-9]+' "$text")" "$code"
}

part_esp32() {
    local code=0 text
    say "clients: esp32"
    text=$(timeout --kill-after=5 "$limit" bash clients/esp32/tests/run.sh 2>&1) || code=$?
    printf '%s\n' "$text"
    # Two runners, one line each.
    tally esp32 "$(grep -cE '^(ok|FAILED) ' <<<"$text")" "$(grep -c '^FAILED ' <<<"$text")" "$code"
}

parts=("$@")
[ $# -gt 0 ] || parts=(python node docker esp32 together)
for part in "${parts[@]}"; do
    "part_$part"
done

if [ "$failed" -gt 0 ]; then
    printf '%s passed, %s failed\n' "$passed" "$failed"
    exit 1
fi

printf '%s passed\n' "$passed"
