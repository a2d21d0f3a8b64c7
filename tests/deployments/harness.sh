# shellcheck shell=bash
# Sourced by every file of tests here. A test is a function test_Its_name_is_a_sentence; run_tests runs those of the file, each in a shell and a
# folder of its own, and prints "N passed[, M failed][, K skipped]". "skip REASON" ends a test that cannot run here.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
export deploy=$root/deploy
# Debian's own Python, for which the packages are.
work=
export python=/usr/bin/python3
skipped_code=77
test_limit=60
export beacon=${BEACON_BINARY:-$root/artifacts/native/linux-x64/beacon}
[ -x "$beacon" ] || {
    echo "$beacon is not there; BEACON_BINARY names the published binary" >&2
    exit 1
}

skip() {
    echo "SKIP: $*"
    exit "$skipped_code"
}

# fails COMMAND…: it must not succeed. Its output is kept in $output.
fails() {
    if output=$("$@" 2>&1); then
        printf 'should have failed: %s\n%s\n' "$*" "$output"
        return 1
    fi
}

same() {
    [ "$1" = "$2" ] || {
        printf 'expected: %s\nbut it is: %s\n' "$1" "$2"
        return 1
    }
}

contains() {
    case $1 in
        *"$2"*) ;;
        *)
            printf 'expected to contain: %s\nbut it is: %s\n' "$2" "$1"
            return 1
            ;;
    esac
}

lacks() {
    case $1 in
        *"$2"*)
            printf 'expected not to contain: %s\nbut it is: %s\n' "$2" "$1"
            return 1
            ;;
    esac
}

# until_true SECONDS COMMAND…
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || {
            printf 'not in time: %s\n' "$*"
            return 1
        }
        sleep 0.1
    done
}

# own_network: a network namespace, $net, with one link that mDNS can use, 10.77.0.1; "ask" is curl in it. It goes, with what runs in it, when the
# test ends.
own_network() {
    [ "$(id -u)" -eq 0 ] || skip "only root can have a network namespace"
    net=beacon-deploy-$$-$RANDOM
    ip netns add "$net" || skip "this system lets nobody have a network namespace"
    trap 'kill -KILL $(ip netns pids "$net") 2>/dev/null || true; wait; ip netns del "$net"' EXIT
    ip -n "$net" link set lo up
    ip -n "$net" link add eth0 type veth peer name eth1
    ip -n "$net" addr add 10.77.0.1/24 dev eth0
    ip -n "$net" link set eth0 up
    ip -n "$net" link set eth1 up
}

ask() { ip netns exec "$net" curl -sS --max-time 5 "$@"; }

# stop_politely: SIGTERM to Beacon itself, not to what holds its sandbox.
stop_politely() {
    local pid
    for pid in $(ip netns pids "$net"); do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in beacon) kill -TERM "$pid" ;; esac
    done
}

# port_number N: one of those these tests use; 18700 to 18799 unless BEACON_TEST_PORTS says where to begin.
port_number() { echo $((${BEACON_TEST_PORTS:-18700} + $1)); }

run_tests() {
    local file=$1 test tests code begun passed=0 failed=0 skipped=0
    readarray -t tests < <(grep -o '^test_[A-Za-z0-9_]*' "$file")
    for test in "${tests[@]}"; do
        work=$(mktemp -d)
        begun=${EPOCHREALTIME/[.,]/}
        set +e
        # A shell of its own, so that what a test starts ends with it, and "set -e" works inside.
        (
            set -euo pipefail
            trap end_jobs EXIT
            "$test"
        ) >"$work/.log" 2>&1 &
        wait_at_most "$test_limit" $!
        code=$?
        set -e
        case $code in
            0) passed=$((passed + 1)) && printf '  ok    %s (%s ms)\n' "$test" $(((${EPOCHREALTIME/[.,]/} - begun) / 1000)) ;;
            143) failed=$((failed + 1)) && printf '  FAIL  %s: not done after %s s\n' "$test" "$test_limit" ;;
            "$skipped_code") skipped=$((skipped + 1)) && printf '  SKIP  %s: %s\n' "$test" "$(sed -n 's/^SKIP: //p' "$work/.log")" ;;
            *)
                failed=$((failed + 1))
                printf '  FAIL  %s (%s)\n' "$test" "$code"
                sed 's/^/        /' "$work/.log"
                ;;
        esac
        rm -rf "$work"
    done

    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

end_jobs() {
    local job
    for job in $(jobs -p); do
        kill "$job" 2>/dev/null || true
    done
    wait
}

# wait_at_most SECONDS PID: its exit code, or 124 after ending it.
wait_at_most() {
    local timer code
    (
        trap 'kill $!' TERM
        sleep "$1" >/dev/null 2>&1 &
        wait $! && kill "$2"
    ) &
    timer=$!
    wait "$2"
    code=$?
    kill "$timer" 2>/dev/null && wait "$timer" 2>/dev/null
    return "$code"
}
