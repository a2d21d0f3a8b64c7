#!/usr/bin/env bash
# deploy.sh [WORD…]: the tests of what lies in deploy/, those files of tests/deployments whose names contain a word, or all, two at a time. Ends
# with "N passed, M failed, K skipped". BEACON_BINARY names the published binary.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_packages "${deploy_packages[@]}"
export BEACON_BINARY=${BEACON_BINARY:-$root/artifacts/native/$(this_rid)/beacon}
[ -x "$BEACON_BINARY" ] || fail "$BEACON_BINARY is not there; ./build.sh publish makes it"
export PYTHONDONTWRITEBYTECODE=1
lanes=2
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

wanted() {
    local word
    [ $# -gt 1 ] || return 0
    for word in "${@:2}"; do
        [[ $1 != *"$word"* ]] || return 0
    done
    return 1
}

# The two long ones first, so that none of them is left alone at the end.
files=()
for file in tests/deployments/{install,systemd}.sh tests/deployments/*.sh tests/deployments/test_*.py; do
    name=$(basename "${file%.*}")
    if [ "$name" != harness ] && wanted "$name" "$@" && [[ " ${files[*]} " != *" $file "* ]]; then
        files+=("$file")
    fi
done

for file in ${files[@]+"${files[@]}"}; do
    [ "$(jobs -rp | wc -l)" -lt "$lanes" ] || wait -n || true
    case $file in
        *.sh) bash "$file" ;;
        *.py) /usr/bin/python3 "$file" ;;
    esac >"$logs/$(basename "$file")" 2>&1 &
done
wait

passed=0 failed=0 skipped=0
for file in ${files[@]+"${files[@]}"}; do
    say "$(basename "${file%.*}")"
    log=$logs/$(basename "$file")
    cat "$log"
    read -r of_file_passed of_file_failed of_file_skipped < <(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p') || {
        echo "  FAIL  $file ended without saying how many tests passed"
        of_file_passed=0 of_file_failed=1 of_file_skipped=0
    }
    passed=$((passed + of_file_passed)) failed=$((failed + of_file_failed)) skipped=$((skipped + of_file_skipped))
done

echo
printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
