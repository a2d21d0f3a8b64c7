#!/usr/bin/env bash
# GET /metrics with many checked services, by how many of them it shows.
# Options go to loadtests/Beacon.LoadTests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
rid=$(this_rid)
bash eng/publish-native.sh "$rid"
dotnet build loadtests/Beacon.LoadTests -c Release -v q -nologo
exec artifacts/bin/Beacon.LoadTests/release/Beacon.LoadTests scrape --beacon "artifacts/native/$rid/beacon" --results artifacts/bench "$@"
