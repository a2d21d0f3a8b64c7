#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
need_dotnet
exec dotnet format Beacon.sln "$@"
