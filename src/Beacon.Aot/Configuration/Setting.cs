namespace Beacon.Aot.Configuration;

/// <summary>
/// One thing the operator may decide. The environment, the command line, the configuration file, the help text, shell completion and
/// the documentation all come from the table of these.
/// </summary>
/// <param name="Variable">Environment variable, and the name used in messages.</param>
/// <param name="Option">Without the dashes.</param>
/// <param name="Form">How a value looks, for the help text.</param>
/// <param name="Default">As one would write it.</param>
/// <param name="Alias">Second environment variable with the same meaning; the first wins.</param>
internal sealed record Setting(string Variable, string Option, string Form, string Default, string Help, string? Alias = null)
{
    /// <summary>In the configuration file.</summary>
    public string Key { get; } = Option.Replace('-', '_');

    /// <summary>The value may hold a password and is never printed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Values shell completion may offer.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
