using System.Globalization;

namespace Beacon.LoadTests.Measuring;

/// <summary>
/// CPU time of another process in nanoseconds, all its threads together, from the scheduler's own account: /proc/PID/stat counts in
/// hundredths of a second, too coarse for microseconds per packet. Threads that ended meanwhile are lost to it; the servers measured here
/// start theirs before the measuring.
/// </summary>
internal static class CpuClock
{
    public static long Nanoseconds(int processId)
    {
        var total = 0L;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(thread, "schedstat"));
                total += long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // The thread ended between the listing and the reading.
            }
        }

        return total;
    }
}
