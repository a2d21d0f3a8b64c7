using System.Globalization;
using Beacon.LoadTests.Lab;

namespace Beacon.LoadTests.Load;

/// <summary>What a process holds at one instant.</summary>
internal sealed record SoakSample(TimeSpan At, double ResidentMiB, int Handles, int Threads)
{
    public static SoakSample Take(int process, TimeSpan at) => new(
        at,
        BeaconServer.ResidentBytes(process) / 1048576.0,
        Directory.GetFiles($"/proc/{process}/fd").Length,
        Directory.GetDirectories($"/proc/{process}/task").Length);

    /// <summary>By how many percent of the mean the straight line through all samples (least squares) rises from the first to the last.</summary>
    public static double SlopePercent(IReadOnlyList<SoakSample> samples)
    {
        var (meanAt, mean) = (samples.Average(x => x.At.TotalSeconds), samples.Average(x => x.ResidentMiB));
        var spread = samples.Sum(x => (x.At.TotalSeconds - meanAt) * (x.At.TotalSeconds - meanAt));
        var slope = spread == 0 ? 0 : samples.Sum(x => (x.At.TotalSeconds - meanAt) * (x.ResidentMiB - mean)) / spread;
        return 100 * slope * (samples[^1].At - samples[0].At).TotalSeconds / mean;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalMinutes:F0} min: {ResidentMiB:F1} MiB, {Handles} handles, {Threads} threads");
}
