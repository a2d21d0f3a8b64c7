using System.Globalization;

namespace Beacon.LoadTests.Measuring;

/// <summary>Options of a scenario as they are typed: <c>--name value</c>, in any order.</summary>
internal static class ScenarioArguments
{
    /// <param name="take">The options with one more of them set; null for a name it does not know.</param>
    /// <param name="beaconOf">The published binary, which every scenario needs.</param>
    /// <exception cref="ArgumentException">An option nobody knows, one without a value, or no binary.</exception>
    public static T Read<T>(string[] arguments, T options, Func<T, string, string, T?> take, Func<T, string> beaconOf)
        where T : class
    {
        for (var at = 0; at < arguments.Length; at += 2)
        {
            if (at + 1 == arguments.Length)
            {
                throw new ArgumentException($"{arguments[at]} needs a value");
            }

            options = take(options, arguments[at], arguments[at + 1]) ?? throw new ArgumentException($"{arguments[at]} is no option of this scenario");
        }

        return File.Exists(beaconOf(options)) ? options : throw new ArgumentException("--beacon FILE: the published binary is needed");
    }

    /// <param name="most">The scenarios are bounded in count and time.</param>
    public static int Number(string text, int most = int.MaxValue) => Math.Clamp(int.Parse(text, CultureInfo.InvariantCulture), 1, most);
}
