#!/usr/bin/env bash
# The verbs live in eng/build.sh; build.ps1 calls the same file, so the two cannot drift apart.
exec bash "$(dirname "${BASH_SOURCE[0]}")/eng/build.sh" "$@"
