#!/usr/bin/env bash
# test-arm64.sh [OPTIONS]: the black-box tests that can be run on another processor than arm64, against the arm64 binary in qemu, with the C library
# and OpenSSL that the image for arm64 has. OPTIONS go to the test runner. docs/builds.md says which tests these are and why not the others.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
classes=(CommandTests LeaseTests LiveTests LogTests RestTests)
binary=$root/artifacts/native/linux-arm64/beacon
libraries=$root/artifacts/image/arm64/root
[ -f "$binary" ] || fail "$binary is not there; make it with ./build.sh publish linux-arm64"
[ -d "$libraries" ] || fail "$libraries is not there; make it with eng/image-root.sh arm64"
need_packages "${image_packages[@]}"
wrapper=$root/artifacts/native/linux-arm64-in-qemu
printf '#!/bin/sh\nexec qemu-aarch64-static -L "%s" "%s" "$@"\n' "$libraries" "$binary" >"$wrapper"
chmod 755 "$wrapper"
options=()
for class in "${classes[@]}"; do
    options+=(-class "Beacon.Native.Tests.$class")
done

BEACON_BINARY=$wrapper exec dotnet exec artifacts/bin/Beacon.Native.Tests/debug/Beacon.Native.Tests.dll -noLogo -noColor "${options[@]}" "$@"
