using System.Globalization;

namespace Beacon.LoadTests.Stores;

/// <param name="Beacon">The published binary.</param>
/// <param name="Results">Where the table is written, and where the stores are that are meant to be on a disk.</param>
/// <param name="Rounds">How often each store is started afresh and measured.</param>
/// <param name="Seconds">Of each single measurement.</param>
/// <param name="Clients">Of the closed loops.</param>
/// <param name="PerSecond">Registrations a second while the time of each is taken.</param>
internal sealed record StoreScenarioOptions(string Beacon, string Results, int Rounds, int Seconds, int Clients, int PerSecond)
{
    public static StoreScenarioOptions Parse(string[] arguments)
    {
        var options = new StoreScenarioOptions("", "artifacts/bench/mongo-cost", 5, 4, 64, 200);
        for (var at = 0; at + 1 < arguments.Length; at += 2)
        {
            var value = arguments[at + 1];
            options = arguments[at] switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--clients" => options with { Clients = Number(value) },
                "--rate" => options with { PerSecond = Number(value) },
                _ => throw new ArgumentException($"{arguments[at]} is no option of this scenario"),
            };
        }

        return File.Exists(options.Beacon) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
