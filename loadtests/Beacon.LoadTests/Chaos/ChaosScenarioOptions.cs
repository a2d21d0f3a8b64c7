using System.Globalization;
using Beacon.LoadTests.Measuring;
using Beacon.Testing.Chaos;

namespace Beacon.LoadTests.Chaos;

/// <param name="Beacon">The published binary.</param>
/// <param name="Results">Where logs and the table are written.</param>
/// <param name="First">First seed; the others follow it.</param>
/// <param name="Seconds">Of each run, not counting the healing.</param>
/// <param name="PerSecond">Requests.</param>
/// <param name="Plants">Mistakes made on purpose.</param>
internal sealed record ChaosScenarioOptions(string Beacon, string Results, int First, int Seeds, int Seconds, int PerSecond, ChaosPlants Plants)
{
    public static ChaosScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new ChaosScenarioOptions("", "artifacts/bench/mongo-chaos", 1, 30, 60, 500, ChaosPlants.None),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--seed" => options with { First = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seeds" => options with { Seeds = ScenarioArguments.Number(value) },
                "--seconds" => options with { Seconds = ScenarioArguments.Number(value) },
                "--rate" => options with { PerSecond = ScenarioArguments.Number(value) },
                "--plant" => options with { Plants = Enum.Parse<ChaosPlants>(value, ignoreCase: true) },
                _ => null,
            },
            options => options.Beacon);
}
