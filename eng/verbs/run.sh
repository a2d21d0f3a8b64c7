#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
need_packages "${native_packages[@]}"
bash eng/publish-native.sh "$(this_rid)"
exec "artifacts/native/$(this_rid)/beacon" "$@"
