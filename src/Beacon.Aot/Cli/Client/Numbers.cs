using System.Globalization;

namespace Beacon.Aot.Cli.Client;

/// <summary>Whole numbers of options. Bounds are Beacon's own business, which names them all at once.</summary>
internal static class Numbers
{
    /// <summary>Null when the option was not given.</summary>
    /// <exception cref="CommandException">It is no whole number.</exception>
    public static int? Read(CommandLine line, VerbOption option) => line.Value(option) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new CommandException(ExitCode.Usage, $"--{option.Name} must be a whole number, not \"{text}\""),
    };
}
