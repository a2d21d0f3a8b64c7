using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Metrics;

/// <param name="Beacon">The binary.</param>
/// <param name="Services">All of them checked.</param>
/// <param name="Rounds">Scrapes that are measured, for each number of services shown.</param>
internal sealed record ScrapeScenarioOptions(string Beacon, string Results, int Services, int Rounds)
{
    private const int MostServices = 100_000;
    private const int MostRounds = 1000;

    public static ScrapeScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new ScrapeScenarioOptions("", "artifacts/bench", 10_000, 50),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--services" => options with { Services = ScenarioArguments.Number(value, MostServices) },
                "--rounds" => options with { Rounds = ScenarioArguments.Number(value, MostRounds) },
                _ => null,
            },
            options => options.Beacon);
}
