#!/usr/bin/env bash
# Coverage-guided fuzzing: afl-fuzz drives an instrumented copy of our assemblies (docs/hostile-input.md).
# fuzz [SECONDS] [TARGET]: SECONDS for each target (60), TARGET reader, engine or querier (all). Goes on from the last run's inputs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
seconds=${1:-60}
targets=${2:-reader engine querier}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "\"$seconds\" is no number of seconds"
[[ $targets =~ ^(reader|engine|querier|reader engine querier)$ ]] || fail "there is no target \"$targets\": reader, engine or querier"
[ "$(uname -s)" = Linux ] || fail "afl-fuzz runs on Linux only"
need_dotnet
need_packages afl++
work=artifacts/fuzz
# No terminal pictures; dotnet is no instrumented ELF program; the machine's crash reporter and governor are not ours to change.
export AFL_NO_UI=1 AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_AUTORESUME=1
# Milliseconds one input may take. Fixed and generous: left to itself afl-fuzz takes a few, and a busy machine looks like a hang.
timeout=20000

say "building"
dotnet build fuzz/Beacon.Fuzz -c Release -v q -nologo
rm -rf "$work/bin"
mkdir -p "$work"
cp -r artifacts/bin/Beacon.Fuzz/release "$work/bin"
dotnet artifacts/bin/Beacon.Fuzz/release/Beacon.Fuzz.dll instrument "$work/bin/Beacon.Mdns.dll" "$work/bin/Beacon.Mdns.Wire.dll"

replay() { dotnet artifacts/bin/Beacon.Fuzz/release/Beacon.Fuzz.dll replay "$@"; }

found=0
for target in $targets; do
    run=$work/$target
    command=(dotnet "$work/bin/Beacon.Fuzz.dll" fuzz "$target")
    rm -rf "$run/seeds" "$run/exceptions.log"
    dotnet artifacts/bin/Beacon.Fuzz/release/Beacon.Fuzz.dll seeds "$target" "$run/seeds" tests/Beacon.Testing/Corpus
    say "fuzzing $target for $seconds s; findings go to $run/findings"
    export BEACON_FUZZ_EXCEPTIONS=$run/exceptions.log
    afl-fuzz -i "$run/seeds" -o "$run/out" -x fuzz/dictionary.txt -t "$timeout" -m none -V "$seconds" -- "${command[@]}" |
        tee "$run/log" | grep --line-buffered -E 'Fuzzing test case|Statistics|PROGRAM ABORT|SYSTEM ERROR|crash' || true
    [ -f "$run/out/default/fuzzer_stats" ] || fail "afl-fuzz did not start; see $run/log"
    grep -E '^(run_time|execs_done|execs_per_sec|corpus_count|edges_found|bitmap_cvg|stability|saved_crashes|saved_hangs) ' \
        "$run/out/default/fuzzer_stats"

    mkdir -p "$run/findings"
    for input in "$run"/out/default/crashes/id* "$run"/out/default/hangs/id*; do
        [ -f "$input" ] || continue
        small=$run/findings/$(basename "$input" | tr -c 'A-Za-z0-9\n' '-').bin
        if replay "$target" "$input" >/dev/null 2>&1 && ! [ -s "$run/exceptions.log" ]; then
            # A timed-out process looks like a crashed one to afl-fuzz; alone and without its load the input passes.
            echo "passes when replayed: $input"
            continue
        fi

        [ -f "$small" ] || afl-tmin -i "$input" -o "$small" -t "$timeout" -m none -- "${command[@]}" >/dev/null 2>&1 || cp "$input" "$small"
        found=$((found + 1))
        replay "$target" "$small" || true
    done
done

[ "$found" -eq 0 ] || fail "$found inputs break an invariant"
