#!/usr/bin/env bash
# One verb, one step file. Called by build.sh and build.ps1.
set -euo pipefail
eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

help() {
    cat <<'TEXT'
Usage: ./build.sh VERB [ARGUMENTS]      (PowerShell 7: ./build.ps1 VERB [ARGUMENTS])

  run [OPTIONS]   publish the native binary for this machine and start it with OPTIONS (see: run --help)
  test            check format, build, run every test, publish, test the binary, check the budgets
  publish [RID…]  publish the native binary to artifacts/native/RID (default: this machine's), its symbols to artifacts/symbols/RID;
                  linux-x64 and linux-arm64 from either; with --check make each twice, in two folders, and compare
  bench [NAME]    measure size, cold start and memory beside a bare native ASP.NET program, or run the scenario NAME
  fuzz [S] [T]    feed broken packets for S seconds to the reader and to the whole mDNS engine
  format          bring the sources into the agreed form
  help            this text
TEXT
}

verb=${1:-help}
[ $# -eq 0 ] || shift
case $verb in
    run | test | publish | bench | fuzz | format) exec bash "$eng/verbs/$verb.sh" "$@" ;;
    help | --help | -h) help ;;
    *)
        echo "build: there is no verb \"$verb\"" >&2
        help >&2
        exit 64
        ;;
esac
