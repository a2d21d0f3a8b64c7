using System.Runtime.InteropServices;
using Beacon.LoadTests.Lab;

namespace Beacon.LoadTests.Measuring;

/// <summary>On what, and of which state of the source, figures were made.</summary>
/// <param name="Commit">With "+" behind it when something was not committed.</param>
internal sealed record RunDescription(string Machine, string Commit)
{
    public static async Task<RunDescription> ReadAsync()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(x => x.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var changed = (await Shell.RunAsync("git", "status", "--porcelain")).Length > 0;
        var commit = (await Shell.RunAsync("git", "rev-parse", "--short", "HEAD")).Trim();
        return new RunDescription(
            $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            changed ? commit + "+" : commit);
    }

    public override string ToString() => $"{Machine}; commit {Commit}.";
}
