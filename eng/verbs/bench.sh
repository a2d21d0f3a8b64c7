#!/usr/bin/env bash
# Without a scenario's name: size, cold start and memory. A scenario is one file in eng/bench.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
scenario=${1:-}
case $scenario in
    "" | [0-9]*) ;;
    *)
        [ -f "eng/bench/$scenario.sh" ] || fail "no scenario is called $scenario; there are: $(cd eng/bench && echo *.sh | sed 's/\.sh//g')"
        shift
        exec bash "eng/bench/$scenario.sh" "$@"
        ;;
esac
need_packages "${native_packages[@]}" curl
exec bash eng/measure.sh "$@"
