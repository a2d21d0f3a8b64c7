using System.Globalization;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Health;

/// <param name="Beacon">The binary.</param>
/// <param name="Results">Where the figures are written as JSON; null: only printed.</param>
/// <param name="Seconds">How long targets fail and recover; finding out about the last of it comes on top.</param>
internal sealed record HealthScenarioOptions(string Beacon, string? Results, int Targets, int Seconds, int Retries, int Seed)
{
    private const int MostTargets = 10_000;
    private const int MostRetries = 10;
    private const int MostSeconds = 3600;

    public static HealthScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new HealthScenarioOptions("", null, 1000, 600, 3, Random.Shared.Next()),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--targets" => options with { Targets = ScenarioArguments.Number(value, MostTargets) },
                "--seconds" => options with { Seconds = ScenarioArguments.Number(value, MostSeconds) },
                "--retries" => options with { Retries = ScenarioArguments.Number(value, MostRetries) },
                "--seed" => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => null,
            },
            options => options.Beacon);
}
