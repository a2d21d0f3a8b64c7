using System.Globalization;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Mdns;

/// <param name="Beacon">The published binary.</param>
/// <param name="Results">Where the table and the JSON are written; null: only printed.</param>
/// <param name="Rounds">How often each of the two is started and measured.</param>
/// <param name="Seconds">Of each single measurement.</param>
/// <param name="Scale">Numbers of registered services for the cost of a look-up.</param>
internal sealed record MdnsScenarioOptions(string Beacon, string? Results, int Rounds, int Seconds, IReadOnlyList<int> Scale)
{
    public static MdnsScenarioOptions Parse(string[] arguments) =>
        ScenarioArguments.Read(
            arguments,
            new MdnsScenarioOptions("", null, 3, 4, [100, 1_000, 10_000, 100_000]),
            (options, name, value) => name switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--scale" => options with { Scale = [.. value.Split(',').Select(x => int.Parse(x, CultureInfo.InvariantCulture))] },
                _ => null,
            },
            options => options.Beacon);
}
