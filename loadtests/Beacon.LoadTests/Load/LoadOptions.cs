using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>Options that the scenarios of this folder share; each has its own usual values and says in its text which of them it reads.</summary>
/// <param name="Beacon">The binary.</param>
/// <param name="Bare">loadtests/BareKestrel, published; null: nothing to compare with.</param>
/// <param name="Rounds">Each starts its servers afresh.</param>
/// <param name="Seconds">Of each measurement.</param>
/// <param name="Clients">Connections at once.</param>
/// <param name="Rate">Requests or events a second in the open loops.</param>
internal sealed record LoadOptions(
    string Beacon = "", string? Bare = null, string Results = "artifacts/bench", int Rounds = 3, int Seconds = 5, int Services = 1000, int Clients = 64, int Rate = 1000)
{
    private const int MostRounds = 100;
    private const int MostSeconds = 24 * 3600;
    private const int MostServices = 1_000_000;
    private const int MostClients = 10_000;
    private const int MostRate = 100_000;

    public TimeSpan Length => TimeSpan.FromSeconds(Seconds);

    public static LoadOptions Parse(string[] arguments, LoadOptions usual)
    {
        var options = ScenarioArguments.Read(
            arguments,
            usual,
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--vs" => options with { Bare = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--rounds" => options with { Rounds = ScenarioArguments.Number(value, MostRounds) },
                "--seconds" => options with { Seconds = ScenarioArguments.Number(value, MostSeconds) },
                "--services" => options with { Services = ScenarioArguments.Number(value, MostServices) },
                "--clients" => options with { Clients = ScenarioArguments.Number(value, MostClients) },
                "--rate" => options with { Rate = ScenarioArguments.Number(value, MostRate) },
                _ => null,
            },
            options => options.Beacon);
        return options.Bare is null || File.Exists(options.Bare) ? options : throw new ArgumentException("--vs FILE: there is no such file");
    }
}
