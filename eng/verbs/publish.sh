#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
need_packages "${native_packages[@]}"
exec bash eng/publish-native.sh "${1:-$(this_rid)}" --fresh
