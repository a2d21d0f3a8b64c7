#!/usr/bin/env bash
# Compiles both halves against the shims, warnings being errors, and runs the tests: the core's with the sanitizers, the Arduino half's against the
# binary that BEACON_BINARY names. The half for ESP-IDF is compiled only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
warnings=(-Wall -Wextra -Werror)
c=(gcc -std=c99 "${warnings[@]}" -Wconversion -I../src)
cpp=(g++ -std=c++17 "${warnings[@]}" -I. -I../src)

"${c[@]}" -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -c ../src/beacon_core.c -o "$built/core.o"
"${cpp[@]}" -O1 -g -fsanitize=address,undefined check.cpp core_tests.cpp "$built/core.o" -o "$built/core_tests"
"${cpp[@]}" -g -fsanitize=address,undefined -Ishims check.cpp arduino_tests.cpp shims/HTTPClient.cpp ../src/BeaconClient.cpp "$built/core.o" -o "$built/arduino_tests"
"${cpp[@]}" -Ishims -x c++ -c ../examples/FirstService/FirstService.ino -o "$built/example.o"
gcc -std=gnu17 -O2 "${warnings[@]}" -I../src -I../include -Ishims -c ../idf/beacon_client.c -o "$built/idf.o"
echo "compiled: the core, the Arduino half and its example, the ESP-IDF half"

code=0
"$built/core_tests" || code=1
"$built/arduino_tests" || code=1
exit "$code"
