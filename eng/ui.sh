#!/usr/bin/env bash
# ui.sh [CHECK]: the dashboard's files in ui/dist, made when something they are made of has changed. With CHECK one of its checks instead:
# types, check, lint, format:check, unit, size, browser, measure.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_node
inputs=(ui/index.html ui/package.json ui/package-lock.json ui/svelte.config.js ui/vite.config.ts ui/tsconfig.json ui/public ui/scripts/compress.mjs ui/src)
made=ui/dist/.vite/made-of
installed=ui/node_modules/.made-of

# One line that changes with any file's name or content; generated types are no input.
fingerprint() { find "$@" -type f ! -name openapi.d.ts -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum; }

lock=$(fingerprint ui/package-lock.json)
if [ "$(cat "$installed" 2>/dev/null)" != "$lock" ]; then
    say "installing what builds the dashboard"
    (cd ui && npm ci --no-audit --no-fund --ignore-scripts --loglevel error) || fail "npm ci failed; the dashboard is built with packages from npm's registry"
    echo "$lock" >"$installed"
fi

if [ $# -gt 0 ]; then
    cd ui
    exec npm run --silent "$1"
fi

now=$(fingerprint "${inputs[@]}")
if [ "$(cat "$made" 2>/dev/null)" != "$now" ]; then
    say "building the dashboard"
    (cd ui && npm run --silent build)
    echo "$now" >"$made"
fi
