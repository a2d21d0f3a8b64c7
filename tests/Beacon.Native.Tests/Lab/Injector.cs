using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>Runs inject.py, which measures, and reads what it measured; the tests judge.</summary>
internal static class Injector
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Asks one question after the other, the next as soon as the one before is answered.</summary>
    /// <param name="silence">How long to wait for an answer.</param>
    /// <returns>The milliseconds from the question to its answer; null where none came.</returns>
    public static async Task<List<double?>> AskAsync(LabHost host, TimeSpan silence, IEnumerable<string> questions)
    {
        string[] all = [.. questions];
        string[] arguments = ["ask", silence.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. all];
        var (exitCode, output, errors) = await host.RunScriptAsync(Limit, "inject.py", arguments);
        Assert.True(exitCode == 0, errors);
        var delays = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Milliseconds(line.Split('\t')[2])).ToList();
        Assert.Equal(all.Length, delays.Count);
        return delays;
    }

    /// <summary>Watches for probes of names with that beginning and denies the first of them.</summary>
    public static async Task<LabCommand> WatchProbesAsync(LabHost host, string prefix, int denials)
    {
        var command = host.StartScript("inject.py", "probes", prefix, denials.ToString(CultureInfo.InvariantCulture));
        Assert.NotNull(await command.WaitForLineAsync(x => x == "watching", Limit));
        return command;
    }

    /// <summary>The probes seen so far, in their order; the time in seconds.</summary>
    public static List<(double Time, string Name)> Probes(LabCommand command) =>
        [.. command.Lines.Skip(1).Select(x => x.Split('\t')).Select(x => (double.Parse(x[0], CultureInfo.InvariantCulture), x[1]))];

    private static double? Milliseconds(string text)
    {
        const double PerSecond = 1000;
        return text == "-" ? null : double.Parse(text, CultureInfo.InvariantCulture) * PerSecond;
    }
}
