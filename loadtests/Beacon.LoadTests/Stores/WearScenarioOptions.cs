using System.Globalization;

namespace Beacon.LoadTests.Stores;

/// <param name="Beacon">The binary.</param>
/// <param name="Services">In each of the two households: one that sends heartbeats, one that is checked.</param>
/// <param name="Minutes">Measured for each.</param>
internal sealed record WearScenarioOptions(string Beacon, string Results, int Services, int Minutes)
{
    private const int MostServices = 10_000;
    private const int MostMinutes = 120;

    public static WearScenarioOptions Parse(string[] arguments)
    {
        var options = new WearScenarioOptions("", "artifacts/bench", 100, 10);
        for (var at = 0; at + 1 < arguments.Length; at += 2)
        {
            var value = arguments[at + 1];
            options = arguments[at] switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--services" => options with { Services = Number(value, MostServices) },
                "--minutes" => options with { Minutes = Number(value, MostMinutes) },
                _ => throw new ArgumentException($"{arguments[at]} is no option of this scenario"),
            };
        }

        return File.Exists(options.Beacon) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    private static int Number(string text, int most) => Math.Clamp(int.Parse(text, CultureInfo.InvariantCulture), 1, most);
}
