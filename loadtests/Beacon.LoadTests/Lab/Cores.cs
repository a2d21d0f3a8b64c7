using System.Diagnostics;

namespace Beacon.LoadTests.Lab;

/// <summary>The server on the first core, whoever asks on the others: neither takes from the other, and figures are those of one core.</summary>
internal static class Cores
{
    private const int Server = 0;

    /// <summary>Put in front of the server's command.</summary>
    public static IReadOnlyList<string> ForServer { get; } = Environment.ProcessorCount > 1 ? ["taskset", "-c", $"{Server}"] : [];

    /// <summary>Moves this process off the server's core, for good.</summary>
    public static void KeepOff()
    {
        if (Environment.ProcessorCount > 1 && OperatingSystem.IsLinux())
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity &= ~(nint)(1 << Server);
        }
    }
}
