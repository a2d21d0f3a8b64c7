#!/usr/bin/env bash
# Every check there is, cheapest first. A step that fails counts as a failed test; the rest still runs where it can.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
. eng/tally.sh
need_dotnet
need_packages "${native_packages[@]}" "${test_packages[@]}" "${deploy_packages[@]}"
rid=$(this_rid)
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

if step "dashboard: types" bash eng/ui.sh types; then
    step "dashboard: form" bash eng/ui.sh format:check
    step "dashboard: lint" bash eng/ui.sh lint
    step "dashboard: svelte-check" bash eng/ui.sh check
    counted "dashboard" bash eng/ui.sh unit
fi

step "restore" dotnet restore Beacon.sln -v q
step "format" dotnet format Beacon.sln --verify-no-changes --no-restore
if step "build" dotnet build Beacon.sln --no-restore -v q -nologo; then
    for project in tests/*.Tests; do
        name=$(basename "$project")
        [ "$name" = Beacon.Native.Tests ] || test_project "$name"
    done

    if step "publish $rid" bash eng/publish-native.sh "$rid" --fresh; then
        step "oracles from npm" install_node_oracles
        export BEACON_BINARY=$root/artifacts/native/$rid/beacon
        test_project Beacon.Native.Tests
        counted "deployments" bash eng/deploy.sh
        step "budget: binary size" bash eng/check-size.sh "$BEACON_BINARY"
        step "budget: dashboard size" bash eng/ui.sh size
        counted "dashboard in the browser" bash eng/ui.sh browser
    fi
fi

summary
