#!/usr/bin/env bash
# Beacon with MongoDB while that is cut, hung, slowed and stepped down and Beacon is killed; then what was promised is checked. Ends with 1
# when a promise was broken. Takes 30 minutes; less with --seeds N --seconds S. --seed FIRST repeats runs; --plant all shows that the checker sees.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_packages "${native_packages[@]}"
rid=$(this_rid)
bash eng/publish-native.sh "$rid"
dotnet build loadtests/Beacon.LoadTests -c Release -v q -nologo
exec artifacts/bin/Beacon.LoadTests/release/Beacon.LoadTests mongo-chaos --beacon "artifacts/native/$rid/beacon" --results artifacts/bench/mongo-chaos "$@"
