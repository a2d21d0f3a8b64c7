#!/usr/bin/env bash
# release-notes.sh VERSION: what CHANGELOG.md says of it. Fails when that is nothing, or when the sources are of another version.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
wanted=${1:?a version, such as 2.0.0}
[ "$wanted" = "$(version)" ] || fail "the tag says $wanted, Directory.Build.props $(version)"
notes=$(awk -v version="$wanted" '/^## /{ on = index($0, version) > 0; next } on' CHANGELOG.md)
[ -n "${notes//[[:space:]]/}" ] || fail "CHANGELOG.md has nothing about $wanted"
printf '%s\n' "$notes"
