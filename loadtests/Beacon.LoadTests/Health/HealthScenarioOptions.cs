using System.Globalization;

namespace Beacon.LoadTests.Health;

/// <param name="Beacon">The binary.</param>
/// <param name="Results">Where the figures are written as JSON; null: only printed.</param>
/// <param name="Seconds">How long targets fail and recover; finding out about the last of it comes on top.</param>
internal sealed record HealthScenarioOptions(string Beacon, string? Results, int Targets, int Seconds, int Retries, int Seed)
{
    private const int MostTargets = 10_000;
    private const int MostRetries = 10;
    private const int MostSeconds = 3600;

    public static HealthScenarioOptions Parse(string[] arguments)
    {
        var options = new HealthScenarioOptions("", null, 1000, 600, 3, Random.Shared.Next());
        for (var at = 0; at + 1 < arguments.Length; at += 2)
        {
            var value = arguments[at + 1];
            options = arguments[at] switch
            {
                "--beacon" => options with { Beacon = Path.GetFullPath(value) },
                "--results" => options with { Results = value },
                "--targets" => options with { Targets = Number(value, MostTargets) },
                "--seconds" => options with { Seconds = Number(value, MostSeconds) },
                "--retries" => options with { Retries = Number(value, MostRetries) },
                "--seed" => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"{arguments[at]} is no option of this scenario"),
            };
        }

        return File.Exists(options.Beacon) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    private static int Number(string text, int most) => Math.Clamp(int.Parse(text, CultureInfo.InvariantCulture), 1, most);
}
