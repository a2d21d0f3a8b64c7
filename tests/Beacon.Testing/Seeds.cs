using System.Globalization;

namespace Beacon.Testing;

/// <summary>Random tests print their seed; setting BEACON_TEST_SEED repeats a run.</summary>
public static class Seeds
{
    public const string Variable = "BEACON_TEST_SEED";

    public static int Next(Action<string> print)
    {
        var chosen = Environment.GetEnvironmentVariable(Variable);
        var seed = chosen is null ? Random.Shared.Next() : int.Parse(chosen, CultureInfo.InvariantCulture);
        print(string.Create(CultureInfo.InvariantCulture, $"{Variable}={seed}"));
        return seed;
    }
}
