#!/usr/bin/env bash
# Bytes that an hour of heartbeats and health checks writes to the disk. Without options it takes about twelve minutes.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
rid=$(this_rid)
bash eng/publish-native.sh "$rid"
dotnet build loadtests/Beacon.LoadTests -c Release -v q -nologo
exec artifacts/bin/Beacon.LoadTests/release/Beacon.LoadTests wear --beacon "artifacts/native/$rid/beacon" --results artifacts/bench "$@"
