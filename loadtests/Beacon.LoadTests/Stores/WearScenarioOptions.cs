using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Stores;

/// <param name="Beacon">The binary.</param>
/// <param name="Services">In each of the two households: one that sends heartbeats, one that is checked.</param>
/// <param name="Minutes">Measured for each.</param>
internal sealed record WearScenarioOptions(string Beacon, string Results, int Services, int Minutes)
{
    private const int MostServices = 10_000;
    private const int MostMinutes = 120;

    public static WearScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new WearScenarioOptions("", "artifacts/bench", 100, 10),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--services" => options with { Services = ScenarioArguments.Number(value, MostServices) },
                "--minutes" => options with { Minutes = ScenarioArguments.Number(value, MostMinutes) },
                _ => null,
            },
            options => options.Beacon);
}
