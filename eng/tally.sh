# Sourced by the test verb: runs steps and test projects and keeps the score.
passed=0
failed=0
skipped=0
failures=()
test_time_limit=900

count_failure() {
    failed=$((failed + 1))
    failures+=("$1")
}

# step NAME COMMAND…: a step is not a test, so it only counts when it fails.
step() {
    local name=$1 started=$SECONDS
    shift
    say "$name"
    if "$@"; then
        printf -- '-- %s: ok, %s s\n' "$name" $((SECONDS - started))
        return 0
    fi

    printf -- '-- %s: FAILED, %s s\n' "$name" $((SECONDS - started))
    count_failure "step: $name"
    return 1
}

# attribute NAME ELEMENT: the value of a numeric attribute.
attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"; }

# skip NAME REASON: tests that this machine cannot run count as skipped.
skip() {
    say "$1: skipped, $2"
    skipped=$((skipped + 1))
}

# test_project NAME [RUNNER…]: a host that dies, hangs or leaves no report is a failure of its own, never a silent gap. RUNNER starts the host
# of a project that is run once more, in another way, under a name of its own.
test_project() {
    local name=$1 started=$SECONDS code=0 report=$results/$1.xml assembly of_project
    shift
    [ $# -gt 0 ] || set -- dotnet exec "artifacts/bin/$name/debug/$name.dll" -noLogo -noColor
    say "$name"
    timeout --kill-after=10 "$test_time_limit" "$@" -result-xml "$report" || code=$?
    assembly=$(grep -o '<assembly [^>]*' "$report" 2>/dev/null | head -n 1)
    if [ -z "$assembly" ]; then
        count_failure "$name: the test host ended with code $code and left no report"
        return
    fi

    of_project=$(($(attribute failed "$assembly") + $(attribute errors "$assembly")))
    passed=$((passed + $(attribute passed "$assembly")))
    skipped=$((skipped + $(attribute skipped "$assembly")))
    failed=$((failed + of_project))
    while IFS= read -r test; do
        [ -z "$test" ] || failures+=("$test")
    done < <(grep -o '<test [^>]*result="Fail"' "$report" | sed -e 's/.* name="\([^"]*\)".*/\1/' -e 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
    if [ "$code" -ne 0 ] && [ "$of_project" -eq 0 ]; then
        count_failure "$name: the test host ended with code $code though no test failed"
    fi

    if [ "$(attribute total "$assembly")" -eq 0 ]; then
        count_failure "$name: it contains no test"
    fi

    printf -- '-- %s: %s passed, %s failed, %s s\n' "$name" "$(attribute passed "$assembly")" "$of_project" $((SECONDS - started))
}

# counted NAME COMMAND…: a runner that is none of ours and says "N passed" and perhaps "N failed" and "N skipped" at its end. One that says nothing of
# the kind, or ends badly without naming a failure, is a failure of its own.
counted() {
    local name=$1 started=$SECONDS code=0 report=$results/$1.log line of_run_passed of_run_failed of_run_skipped
    shift
    say "$name"
    timeout --kill-after=10 "$test_time_limit" "$@" 2>&1 | tee "$report" || code=$?
    line=$(sed 's/\x1b\[[0-9;]*m//g' "$report" | grep -E '^( *Tests .*|)[0-9]+ passed' | tail -n 1)
    of_run_passed=$(grep -oE '[0-9]+ passed' <<<"$line" | grep -oE '[0-9]+' || true)
    of_run_failed=$(grep -oE '[0-9]+ failed' <<<"$line" | grep -oE '[0-9]+' || true)
    of_run_skipped=$(grep -oE '[0-9]+ skipped' <<<"$line" | grep -oE '[0-9]+' || true)
    passed=$((passed + ${of_run_passed:-0}))
    failed=$((failed + ${of_run_failed:-0}))
    skipped=$((skipped + ${of_run_skipped:-0}))
    [ "${of_run_failed:-0}" -eq 0 ] || failures+=("$name: see above")
    if [ -z "$of_run_passed" ]; then
        count_failure "$name: it ended with code $code and counted no test"
    elif [ "$code" -ne 0 ] && [ "${of_run_failed:-0}" -eq 0 ]; then
        count_failure "$name: it ended with code $code though no test failed"
    fi

    printf -- '-- %s: %s passed, %s failed, %s s\n' "$name" "${of_run_passed:-0}" "${of_run_failed:-0}" $((SECONDS - started))
}

# The last line is read by machines. Ends the script, with 0 only if everything ran and passed.
summary() {
    local failure
    say "all steps done in $SECONDS s"
    [ "$passed" -gt 0 ] || [ "$failed" -gt 0 ] || count_failure "no test ran"
    for failure in ${failures[@]+"${failures[@]}"}; do
        printf 'FAILED %s\n' "$failure"
    done

    if [ "$skipped" -gt 0 ]; then
        printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    else
        printf '%s passed, %s failed\n' "$passed" "$failed"
    fi

    [ "$failed" -eq 0 ]
    exit
}
