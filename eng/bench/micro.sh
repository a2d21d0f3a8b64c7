#!/usr/bin/env bash
# Nanoseconds and allocated bytes of reading and answering one packet, natively compiled, sockets apart.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
dotnet publish loadtests/Beacon.Microbench -c Release -r "$(this_rid)" -o artifacts/bench/micro -v q -nologo
exec artifacts/bench/micro/Beacon.Microbench "$@"
