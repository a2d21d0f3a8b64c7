#!/usr/bin/env bash
# Every check there is, cheapest first. A step that fails counts as a failed test; the rest still runs where it can.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
. eng/tally.sh
. eng/cross.sh
need_dotnet
rid=$(this_rid)
need_packages "${native_packages[@]}" "${test_packages[@]}" "${deploy_packages[@]}"
# arm64 and the images are made of Debian 12's packages. Elsewhere they are a job of .github/workflows/ci.yml, in a container of Debian.
images=no
if [ "$rid" = linux-x64 ] && is_debian_12; then
    images=yes
    # shellcheck disable=SC2046
    need_packages $(cross_packages linux-arm64) "${image_packages[@]}"
fi

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
# Blanks and line ends only: style and analysis are errors of the build that follows, and would be done twice.
step "format" dotnet format whitespace Beacon.sln --verify-no-changes --no-restore
if step "build" dotnet build Beacon.sln --no-restore -v q -nologo; then
    for project in tests/*.Tests; do
        name=$(basename "$project")
        case $name in
            Beacon.Native.Tests | Beacon.Client.Tests) ;; # These need the published binary.
            *) test_project "$name" ;;
        esac
    done

    if step "publish $rid" bash eng/publish-native.sh "$rid" --fresh; then
        step "oracles from npm" install_node_oracles
        export BEACON_BINARY=$root/artifacts/native/$rid/beacon
        test_project Beacon.Native.Tests
        test_project Beacon.Client.Tests
        counted "clients" bash eng/clients.sh
        counted "deployments" bash eng/deploy.sh
        step "budget: binary size" bash eng/check-size.sh "$BEACON_BINARY"
        step "licences" bash eng/licenses.sh --check
        step "budget: dashboard size" bash eng/ui.sh size
        counted "dashboard in the browser" bash eng/ui.sh browser
        if [ "$images" = no ]; then
            skip "arm64 and images" "they are made of Debian 12's packages, on x64"
        else
            step "budget: glibc" bash eng/glibc-floor.sh "$BEACON_BINARY" --check
            if step "publish linux-arm64" bash eng/publish-native.sh linux-arm64 --fresh; then
                step "budget: binary size, linux-arm64" bash eng/check-size.sh artifacts/native/linux-arm64/beacon
                if step "images" bash eng/image.sh amd64 arm64; then
                    counted "image" bash eng/test-image.sh
                    test_project "Beacon.Native.Tests on arm64" bash eng/test-arm64.sh
                fi
            fi
        fi
    fi
fi

summary
