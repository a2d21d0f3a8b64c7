#!/usr/bin/env bash
# The shell scripts that are handed out, and these tests themselves.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

test_shellcheck_finds_nothing() { shellcheck --external-sources --source-path=SCRIPTDIR "$deploy"/*.sh "$deploy"/umbrel/*.sh tests/deployments/*.sh tests/deployments/fake/* eng/deploy.sh eng/gallery.sh; }

test_the_init_script_of_OpenWrt_passes_too() { shellcheck --shell=dash --exclude=SC2034 "$deploy/openwrt/beacon.init"; }

test_the_installer_runs_in_the_plainest_shell() {
    dash -n "$deploy/install.sh"
    shellcheck --shell=sh "$deploy/install.sh"
}

test_what_is_to_be_run_may_be_run() {
    for script in "$deploy/install.sh" "$deploy/pack.sh" "$deploy/umbrel/pin.sh" eng/deploy.sh eng/gallery.sh; do
        test -x "$script"
    done
}

run_tests "${BASH_SOURCE[0]}"
