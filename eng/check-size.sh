#!/usr/bin/env bash
# check-size.sh BINARY: fails when the binary is larger than eng/budgets.json allows.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
size=$(wc -c <"$1")
limit=$(sed -n 's/.*"binary_bytes_max": *\([0-9]*\).*/\1/p' eng/budgets.json)
printf 'binary: %s bytes, budget %s\n' "$size" "$limit"
[ "$size" -le "$limit" ]
