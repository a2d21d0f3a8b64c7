using System.Globalization;

namespace Beacon.Aot.Cli.Client;

/// <summary>
/// Text of somebody else on a terminal. Values of metadata may hold anything, and whoever registers chooses them: an escape sequence in one
/// must not clear the screen, or type.
/// </summary>
internal static class PlainText
{
    /// <summary>Control characters as JSON writes them, everything else as it is.</summary>
    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(x => char.IsControl(x) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)x:x4}") : x.ToString()))
        : text;
}
