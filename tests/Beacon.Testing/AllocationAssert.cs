namespace Beacon.Testing;

/// <summary>Zero allocation is a fact that a test can hold, not a benchmark.</summary>
public static class AllocationAssert
{
    /// <summary>Enough that a single allocation per call cannot hide in the noise, few enough to run in milliseconds.</summary>
    private const int Runs = 1_000;

    /// <summary>Bytes the calling thread allocated in 1,000 runs, after a warm-up that lets the JIT settle.</summary>
    public static long BytesIn1000Runs(Action action)
    {
        for (var i = 0; i < Runs; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
