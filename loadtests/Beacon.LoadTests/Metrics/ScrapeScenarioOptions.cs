using System.Globalization;

namespace Beacon.LoadTests.Metrics;

/// <param name="Beacon">The binary.</param>
/// <param name="Services">All of them checked.</param>
/// <param name="Rounds">Scrapes that are measured, for each number of services shown.</param>
internal sealed record ScrapeScenarioOptions(string Beacon, string Results, int Services, int Rounds)
{
    private const int MostServices = 100_000;
    private const int MostRounds = 1000;

    public static ScrapeScenarioOptions Parse(string[] arguments)
    {
        var options = new ScrapeScenarioOptions("", "artifacts/bench", 10_000, 50);
        for (var at = 0; at + 1 < arguments.Length; at += 2)
        {
            var value = arguments[at + 1];
            options = arguments[at] switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--services" => options with { Services = Number(value, MostServices) },
                "--rounds" => options with { Rounds = Number(value, MostRounds) },
                _ => throw new ArgumentException($"{arguments[at]} is no option of this scenario"),
            };
        }

        return File.Exists(options.Beacon) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    private static int Number(string text, int most) => Math.Clamp(int.Parse(text, CultureInfo.InvariantCulture), 1, most);
}
