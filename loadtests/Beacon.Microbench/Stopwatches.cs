using System.Diagnostics;
using Beacon.LoadTests.Measuring;

namespace Beacon.Microbench;

internal static class Stopwatches
{
    private const int Rounds = 15;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(60);

    /// <returns>Nanoseconds of one run, and the bytes one run allocates once everything is warm.</returns>
    public static (Figures Nanoseconds, long Bytes) Measure(Action operation)
    {
        var runs = 1L;
        while (Time(operation, runs) < RoundTime)
        {
            runs *= 2;
        }

        var figures = new Figures();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            figures.Add(Time(operation, runs).TotalNanoseconds / runs);
        }

        // What the list of figures itself takes is far less than one byte a run.
        return (figures, (GC.GetAllocatedBytesForCurrentThread() - before) / (runs * Rounds));
    }

    private static TimeSpan Time(Action operation, long runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var run = 0L; run < runs; run++)
        {
            operation();
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
