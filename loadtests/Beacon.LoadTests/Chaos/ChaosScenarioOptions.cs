using System.Globalization;
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
    public static ChaosScenarioOptions Parse(string[] arguments)
    {
        var options = new ChaosScenarioOptions("", "artifacts/bench/mongo-chaos", 1, 30, 60, 500, ChaosPlants.None);
        for (var at = 0; at + 1 < arguments.Length; at += 2)
        {
            var value = arguments[at + 1];
            options = arguments[at] switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--seed" => options with { First = Number(value) },
                "--seeds" => options with { Seeds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--rate" => options with { PerSecond = Number(value) },
                "--plant" => options with { Plants = Enum.Parse<ChaosPlants>(value, ignoreCase: true) },
                _ => throw new ArgumentException($"{arguments[at]} is no option of this scenario"),
            };
        }

        return File.Exists(options.Beacon) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
