#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
need_packages "${native_packages[@]}"
if [ -f ui/package.json ]; then
    command -v npm >/dev/null || fail "Node 20 with npm is not installed; the dashboard needs it"
    say "building the dashboard"
    (cd ui && npm ci --no-audit --no-fund && npm run build)
fi

bash eng/publish-native.sh "$(this_rid)"
exec "artifacts/native/$(this_rid)/beacon" "$@"
