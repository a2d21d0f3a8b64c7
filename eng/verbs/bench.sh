#!/usr/bin/env bash
# Without a scenario's name: size, cold start and memory. A scenario is one file in eng/bench.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
case ${1:-} in
    mdns-simulation)
        shift
        exec bash eng/bench/mdns-simulation.sh "$@"
        ;;
esac
need_packages "${native_packages[@]}" curl
exec bash eng/measure.sh "$@"
