#!/usr/bin/env bash
# Compiles both halves against the shims, warnings being errors and with the sanitizers, and runs the tests: the core's, and each half's against the
# binary that BEACON_BINARY names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
warnings=(-Wall -Wextra -Werror)
c=(gcc -std=c99 "${warnings[@]}" -Wconversion -I../src)
cpp=(g++ -std=c++17 "${warnings[@]}" -I. -I../src)

sanitized=(-g "-fsanitize=address,undefined" -fno-sanitize-recover=undefined)
waiting=()

# Compilers run side by side; one that fails ends the script below.
at_once() {
    "$@" &
    waiting+=($!)
}

at_once "${c[@]}" "${sanitized[@]}" -c ../src/beacon_core.c -o "$built/core.o"
at_once gcc -std=gnu17 -O2 "${warnings[@]}" "${sanitized[@]}" -I../src -I../include -Ishims -c ../idf/beacon_client.c -o "$built/idf.o"
at_once "${cpp[@]}" "${sanitized[@]}" -Ishims -c shims/HTTPClient.cpp -o "$built/http.o"
at_once "${cpp[@]}" "${sanitized[@]}" -c check.cpp -o "$built/check.o"
at_once "${cpp[@]}" -Ishims -x c++ -c ../examples/FirstService/FirstService.ino -o "$built/example.o"
for one in "${waiting[@]}"; do
    wait "$one"
done

waiting=()
at_once "${cpp[@]}" -O1 "${sanitized[@]}" core_tests.cpp "$built"/{check,core}.o -o "$built/core_tests"
at_once "${cpp[@]}" "${sanitized[@]}" -Ishims arduino_tests.cpp ../src/BeaconClient.cpp "$built"/{check,core,http}.o -o "$built/arduino_tests"
at_once "${cpp[@]}" "${sanitized[@]}" -I../include -Ishims idf_tests.cpp shims/idf.cpp "$built"/{check,core,http,idf}.o -pthread -o "$built/idf_tests"
for one in "${waiting[@]}"; do
    wait "$one"
done

echo "compiled: the core, the Arduino half and its example, the ESP-IDF half"
port=${BEACON_TEST_PORT:-18500}
tests=(core_tests arduino_tests idf_tests)
ports=(0 0 10) # Above the first one of this run; the core needs none.
waiting=()
for at in "${!tests[@]}"; do
    BEACON_TEST_PORT=$((port + ports[at])) "$built/${tests[$at]}" >"$built/${tests[$at]}.log" 2>&1 &
    waiting+=($!)
done

code=0
for at in "${!tests[@]}"; do
    wait "${waiting[$at]}" || code=1
    cat "$built/${tests[$at]}.log"
done

exit "$code"
