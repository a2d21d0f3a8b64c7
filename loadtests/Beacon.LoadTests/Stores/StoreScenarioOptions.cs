using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Stores;

/// <param name="Beacon">The published binary.</param>
/// <param name="Results">Where the table is written, and where the stores are that are meant to be on a disk.</param>
/// <param name="Rounds">How often each store is started afresh and measured.</param>
/// <param name="Seconds">Of each single measurement.</param>
/// <param name="Clients">Of the closed loops.</param>
/// <param name="PerSecond">Registrations a second while the time of each is taken.</param>
internal sealed record StoreScenarioOptions(string Beacon, string Results, int Rounds, int Seconds, int Clients, int PerSecond)
{
    public static StoreScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new StoreScenarioOptions("", "artifacts/bench/mongo-cost", 5, 4, 64, 200),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--rounds" => options with { Rounds = ScenarioArguments.Number(value) },
                "--seconds" => options with { Seconds = ScenarioArguments.Number(value) },
                "--clients" => options with { Clients = ScenarioArguments.Number(value) },
                "--rate" => options with { PerSecond = ScenarioArguments.Number(value) },
                _ => null,
            },
            options => options.Beacon);
}
