#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
need_packages "${native_packages[@]}" curl
exec bash eng/measure.sh "$@"
