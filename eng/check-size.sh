#!/usr/bin/env bash
# check-size.sh BINARY: fails when the binary is larger than eng/budgets.json allows.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
size=$(wc -c <"$1")
limit=$(budget binary_bytes_max)
printf 'binary: %s bytes, budget %s\n' "$size" "$limit"
[ "$size" -le "$limit" ]
