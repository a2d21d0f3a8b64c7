#!/usr/bin/env bash
# Many runs of the simulated network, optimised build. A run that fails prints its seed and its last packets.
# Usage: ./build.sh bench mdns-simulation [RUNS]      BEACON_TEST_SEED=N starts with the run of that seed
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
export BEACON_SIMULATION_RUNS=${1:-10000}
project=Beacon.Mdns.Tests
dotnet build "tests/$project" -c Release -v q -nologo
exec dotnet exec "artifacts/bin/$project/release/$project.dll" -noLogo -noColor -class "*.SimulationTests" -showLiveOutput
